/*
 * The clocks: monotonic never goes back, real time is this century's, process time grows with work and not
 * with sleep. clock_gettime(2), clock_getres(2).
 */
#include "expect.h"
#include <sys/syscall.h>

static long ns(clockid_t clock) {
  struct timespec now;
  if (clock_gettime(clock, &now) != 0) return -1;
  return now.tv_sec * 1000000000 + now.tv_nsec;
}

int main(void) {
  long last = 0;
  int back = 0, odd = 0;
  for (int i = 0; i < 2000; i++) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    long at = now.tv_sec * 1000000000 + now.tv_nsec;
    back += at < last;
    odd += now.tv_nsec < 0 || now.tv_nsec >= 1000000000;
    last = at;
  }
  number("went back", back);
  number("odd nanoseconds", odd);
  struct timespec real, resolution = {9, 9};
  outcome("real time", clock_gettime(CLOCK_REALTIME, &real));
  truth("after 2020", real.tv_sec > 1577836800);
  outcome("resolution", clock_getres(CLOCK_MONOTONIC, &resolution));
  truth("finer than a second", resolution.tv_sec == 0 && resolution.tv_nsec > 0);
  outcome("resolution unwanted", clock_getres(CLOCK_REALTIME, NULL));
  outcome("unknown clock", clock_gettime(77, &real));
  outcome("resolution of an unknown clock", clock_getres(77, &resolution));
  /* Past the C library, which may answer without the kernel. */
  outcome("bad pointer", syscall(SYS_clock_gettime, CLOCK_MONOTONIC, nowhere()));

  long used = ns(CLOCK_PROCESS_CPUTIME_ID), wall = ns(CLOCK_MONOTONIC);
  pause_ms(60);
  long slept = ns(CLOCK_PROCESS_CPUTIME_ID) - used, passed = ns(CLOCK_MONOTONIC) - wall;
  truth("60 ms of sleep passed", passed >= 60000000);
  truth("and used little of the processor", slept >= 0 && slept < 40000000);
  used = ns(CLOCK_PROCESS_CPUTIME_ID);
  volatile long work = 0;
  for (long i = 0; i < 300000; i++) work += i;
  truth("work uses it", ns(CLOCK_PROCESS_CPUTIME_ID) > used);
  truth("real time agrees with monotonic", ns(CLOCK_REALTIME) > 0 && ns(CLOCK_MONOTONIC) - wall >= passed);
  return 0;
}
