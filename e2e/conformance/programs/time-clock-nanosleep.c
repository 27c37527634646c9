/*
 * clock_nanosleep to a point in time: past ones return at once, future ones not before; errors are the
 * return value. clock_nanosleep(2): TIMER_ABSTIME.
 */
#include "expect.h"

static long now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000 + now.tv_nsec;
}

static volatile int handled;
static void handler(int signal) { handled = signal; }

int main(void) {
  struct timespec at, odd = {0, 1000000000};
  long goal = now_ns() + 30000000;
  at.tv_sec = goal / 1000000000;
  at.tv_nsec = goal % 1000000000;
  say("until: %s\n", errno_name(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL)));
  truth("not before", now_ns() >= goal);
  long before = now_ns();
  say("past: %s\n", errno_name(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL)));
  truth("at once", now_ns() - before < 1000000000);
  struct timespec span = {0, 10000000};
  before = now_ns();
  say("relative: %s\n", errno_name(clock_nanosleep(CLOCK_MONOTONIC, 0, &span, NULL)));
  truth("long enough", now_ns() - before >= 10000000);
  say("odd time: %s\n", errno_name(clock_nanosleep(CLOCK_MONOTONIC, 0, &odd, NULL)));
  say("unknown clock: %s\n", errno_name(clock_nanosleep(77, 0, &span, NULL)));

  signal(SIGUSR1, handler);
  goal = now_ns() + 5000000000;
  at.tv_sec = goal / 1000000000;
  at.tv_nsec = goal % 1000000000;
  struct timespec left = {77, 77};
  pid_t child = fork();
  if (child == 0) {
    pause_ms(40);
    kill(getppid(), SIGUSR1);
    _exit(0);
  }
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  sigaction(SIGUSR1, &action, NULL);
  say("interrupted: %s\n", errno_name(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, &left)));
  truth("an absolute sleep has no remainder", left.tv_sec == 77);
  truth("handled", handled == SIGUSR1);
  reap("child", child);
  return 0;
}
