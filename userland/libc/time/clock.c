/* Clocks and sleeping (clock_gettime(2), nanosleep(2)). */
#include <errno.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
#include "../start/syscall.h"

int clock_gettime(clockid_t clock, struct timespec *to) {
  return (int)__result(__syscall2(clock, (long)to, SYS_clock_gettime));
}
int clock_settime(clockid_t clock, const struct timespec *from) {
  return (int)__result(__syscall2(clock, (long)from, SYS_clock_settime));
}
int clock_getres(clockid_t clock, struct timespec *to) {
  return (int)__result(__syscall2(clock, (long)to, SYS_clock_getres));
}
int nanosleep(const struct timespec *duration, struct timespec *left) {
  return (int)__result(__cancellable((long)duration, (long)left, 0, 0, 0, 0, SYS_nanosleep));
}
/* Unlike the others it returns the error number (POSIX). */
int clock_nanosleep(clockid_t clock, int flags, const struct timespec *time, struct timespec *left) {
  return (int)-__cancellable(clock, flags, (long)time, (long)left, 0, 0, SYS_clock_nanosleep);
}

unsigned sleep(unsigned seconds) {
  struct timespec duration = {seconds, 0}, left;
  return nanosleep(&duration, &left) < 0 && errno == EINTR ? (unsigned)left.tv_sec + (left.tv_nsec > 0) : 0;
}
int usleep(useconds_t microseconds) {
  struct timespec duration = {microseconds / 1000000, microseconds % 1000000 * 1000L};
  return nanosleep(&duration, 0);
}

time_t time(time_t *to) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (to) *to = now.tv_sec;
  return now.tv_sec;
}
int gettimeofday(struct timeval *restrict to, void *restrict zone) {
  struct timespec now;
  if (zone) *(struct timezone *)zone = (struct timezone){0, 0};
  if (clock_gettime(CLOCK_REALTIME, &now) < 0) return -1;
  to->tv_sec = now.tv_sec;
  to->tv_usec = now.tv_nsec / 1000;
  return 0;
}
clock_t clock(void) {
  struct timespec used;
  if (clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) < 0) return -1;
  return used.tv_sec * CLOCKS_PER_SEC + used.tv_nsec / 1000;
}
