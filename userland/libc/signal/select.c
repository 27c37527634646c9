/* select(2) over pselect6(2), which is all that riscv64 has. */
#include <sys/select.h>
#include "../start/syscall.h"

int pselect(int count, fd_set *restrict readable, fd_set *restrict writable, fd_set *restrict exceptional,
            const struct timespec *restrict timeout, const sigset_t *restrict mask) {
  /* The kernel writes what is left of the time, POSIX's does not; and it wants the mask with its size. */
  struct timespec left = timeout ? *timeout : (struct timespec){0, 0};
  const struct {
    const sigset_t *mask;
    unsigned long size;
  } with = {mask, 8};
  return (int)__result(__cancellable(count, (long)readable, (long)writable, (long)exceptional,
                                  timeout ? (long)&left : 0, mask ? (long)&with : 0, SYS_pselect6));
}

int select(int count, fd_set *restrict readable, fd_set *restrict writable, fd_set *restrict exceptional,
           struct timeval *restrict timeout) {
  struct timespec left;
  if (timeout) left = (struct timespec){timeout->tv_sec, timeout->tv_usec * 1000};
  long result = __cancellable(count, (long)readable, (long)writable, (long)exceptional, timeout ? (long)&left : 0, 0, SYS_pselect6);
  if (timeout) *timeout = (struct timeval){left.tv_sec, left.tv_nsec / 1000};
  return (int)__result(result);
}
