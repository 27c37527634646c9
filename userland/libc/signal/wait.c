/* Waiting for signals and events: pause(2), alarm(2), poll(2), interval timers. */
#include <poll.h>
#include <signal.h>
#include <sys/time.h>
#include <unistd.h>
#include "../start/syscall.h"

int ppoll(struct pollfd *fds, nfds_t count, const struct timespec *timeout, const sigset_t *mask) {
  struct timespec left; /* the kernel writes what is left of the time; POSIX's ppoll does not */
  if (timeout) left = *timeout;
  return (int)__result(__cancellable((long)fds, (long)count, timeout ? (long)&left : 0, (long)mask,
                                     sizeof(sigset_t), 0, SYS_ppoll));
}

int poll(struct pollfd *fds, nfds_t count, int timeout_ms) {
  struct timespec timeout = {timeout_ms / 1000, timeout_ms % 1000 * 1000000L};
  return ppoll(fds, count, timeout_ms < 0 ? 0 : &timeout, 0);
}

int pause(void) { return ppoll(0, 0, 0, 0); }

int getitimer(int which, struct itimerval *to) {
  return (int)__result(__syscall2(which, (long)to, SYS_getitimer));
}
int setitimer(int which, const struct itimerval *restrict value, struct itimerval *restrict old) {
  return (int)__result(__syscall3(which, (long)value, (long)old, SYS_setitimer));
}

unsigned alarm(unsigned seconds) {
  struct itimerval value = {.it_value = {.tv_sec = seconds}}, old;
  if (setitimer(ITIMER_REAL, &value, &old) < 0) return 0;
  return (unsigned)old.it_value.tv_sec + (old.it_value.tv_usec > 0);
}
