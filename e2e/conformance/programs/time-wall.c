/*
 * Absolute times of the wall's clock end sleeps and waits, also long after 1970. clock_nanosleep(2): TIMER_ABSTIME;
 * futex(2): FUTEX_CLOCK_REALTIME.
 */
#include "expect.h"
#include <linux/futex.h>
#include <sys/syscall.h>

static int word;

static struct timespec from_now(long milliseconds) {
  struct timespec time;
  clock_gettime(CLOCK_REALTIME, &time);
  time.tv_nsec += milliseconds * 1000000;
  while (time.tv_nsec < 0) time.tv_nsec += 1000000000, time.tv_sec--;
  while (time.tv_nsec >= 1000000000) time.tv_nsec -= 1000000000, time.tv_sec++;
  return time;
}

static void sleep_until(const char *what, long milliseconds) {
  struct timespec until = from_now(milliseconds), after;
  say("%s: %s", what, clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &until, NULL) == 0 ? "slept" : "no");
  clock_gettime(CLOCK_REALTIME, &after);
  int late = after.tv_sec > until.tv_sec || (after.tv_sec == until.tv_sec && after.tv_nsec >= until.tv_nsec);
  say(", %s\n", late ? "not too short" : "too short");
}

static void wait_until(const char *what, long milliseconds) {
  struct timespec until = from_now(milliseconds);
  long result = syscall(SYS_futex, &word, FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, 0, &until, NULL, -1);
  outcome(what, result);
}

int main(void) {
  sleep_until("a moment that comes", 20);
  sleep_until("a moment that has passed", -2000);
  wait_until("a futex until a moment that comes", 20);
  wait_until("a futex until a moment that has passed", -2000);
  struct timespec long_ago = {0, 0};
  outcome("the first moment", syscall(SYS_futex, &word, FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME, 0, &long_ago, NULL, -1));
  return 0;
}
