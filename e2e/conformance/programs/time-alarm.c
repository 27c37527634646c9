/*
 * setitimer: one SIGALRM or many, the time left, and what becomes of it at fork. setitimer(2), alarm(2).
 */
#include "expect.h"
#include <sys/time.h>

static volatile int alarms;
static void handler(int signal) { alarms += signal == SIGALRM; }

static struct itimerval span(long first_ms, long interval_ms) {
  struct itimerval value;
  value.it_value.tv_sec = first_ms / 1000;
  value.it_value.tv_usec = first_ms % 1000 * 1000;
  value.it_interval.tv_sec = interval_ms / 1000;
  value.it_interval.tv_usec = interval_ms % 1000 * 1000;
  return value;
}

int main(void) {
  struct itimerval set = span(30, 0), old, odd = span(30, 0);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  sigaction(SIGALRM, &action, NULL);
  outcome("set", setitimer(ITIMER_REAL, &set, &old));
  truth("none before", old.it_value.tv_sec == 0 && old.it_value.tv_usec == 0);
  struct timespec long_time = {5, 0};
  outcome("sleep", nanosleep(&long_time, NULL));
  number("alarms", alarms);
  outcome("get", getitimer(ITIMER_REAL, &old));
  truth("it is over", old.it_value.tv_sec == 0 && old.it_value.tv_usec == 0);

  set = span(20, 20);
  alarms = 0;
  setitimer(ITIMER_REAL, &set, NULL);
  while (alarms < 3) nanosleep(&long_time, NULL);
  set = span(0, 0);
  setitimer(ITIMER_REAL, &set, &old);
  truth("it came again and again", alarms >= 3 && old.it_interval.tv_usec == 20000);
  truth("with less than an interval left", old.it_value.tv_sec == 0 && old.it_value.tv_usec <= 20000);

  set = span(100000, 0);
  setitimer(ITIMER_REAL, &set, NULL);
  pid_t child = fork();
  if (child == 0) {
    getitimer(ITIMER_REAL, &old);
    _exit(old.it_value.tv_sec == 0 ? 0 : 1);
  }
  reap("a child has none", child);
  getitimer(ITIMER_REAL, &old);
  truth("ours runs", old.it_value.tv_sec > 90);
  odd.it_value.tv_usec = 1000000;
  outcome("odd time", setitimer(ITIMER_REAL, &odd, NULL));
  outcome("unknown timer", setitimer(9, &set, NULL));
  child = fork();
  if (child == 0) {
    signal(SIGALRM, SIG_DFL);
    set = span(20, 0);
    setitimer(ITIMER_REAL, &set, NULL);
    for (;;) continue;
  }
  reap("a loop without end", child);
  return 0;
}
