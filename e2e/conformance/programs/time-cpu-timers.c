/*
 * CPU-time interval timers fire while the program computes, not while it sleeps. setitimer(2): ITIMER_VIRTUAL counts user time
 * and sends SIGVTALRM, ITIMER_PROF user and system time and sends SIGPROF. fork(2): a child has none of its parent's timers.
 */
#include "expect.h"
#include <sys/time.h>

static volatile sig_atomic_t virtual_ticks, profiling_ticks;

static void on_signal(int number) {
  if (number == SIGVTALRM)
    virtual_ticks++;
  else
    profiling_ticks++;
}

static void set(const char *what, int which, long value_us, long interval_us) {
  struct itimerval timer = {{0, interval_us}, {0, value_us}};
  outcome(what, setitimer(which, &timer, NULL));
}

static void compute_until(volatile sig_atomic_t *ticks, int wanted) {
  for (volatile unsigned long turn = 0; *ticks < wanted && turn < 4000000000UL;) turn++;
}

static int is_off(int which) {
  struct itimerval now = {{1, 1}, {1, 1}};
  getitimer(which, &now);
  return now.it_value.tv_sec == 0 && now.it_value.tv_usec == 0;
}

int main(void) {
  struct sigaction action = {.sa_handler = on_signal};
  sigaction(SIGVTALRM, &action, NULL);
  sigaction(SIGPROF, &action, NULL);
  truth("off in the beginning", is_off(ITIMER_VIRTUAL) && is_off(ITIMER_PROF));

  set("once", ITIMER_VIRTUAL, 20000, 0);
  compute_until(&virtual_ticks, 1);
  truth("it came", virtual_ticks == 1);
  truth("and is off", is_off(ITIMER_VIRTUAL));

  virtual_ticks = 0;
  set("every ten milliseconds", ITIMER_VIRTUAL, 10000, 10000);
  compute_until(&virtual_ticks, 3);
  truth("they came", virtual_ticks >= 3);
  struct itimerval none = {{0, 0}, {0, 0}}, old;
  outcome("taken away", setitimer(ITIMER_VIRTUAL, &none, &old));
  truth("what it was is told", old.it_interval.tv_usec == 10000 && old.it_value.tv_usec > 0);
  truth("it is off", is_off(ITIMER_VIRTUAL));

  virtual_ticks = 0;
  set("before a sleep", ITIMER_VIRTUAL, 60000, 0);
  pause_ms(150);
  truth("none in a sleep", virtual_ticks == 0 && !is_off(ITIMER_VIRTUAL));
  pid_t child = fork();
  if (child == 0) _exit(is_off(ITIMER_VIRTUAL) ? 0 : 1);
  reap("a child has none", child);
  set("off", ITIMER_VIRTUAL, 0, 0);

  set("profiling", ITIMER_PROF, 20000, 0);
  compute_until(&profiling_ticks, 1);
  truth("it came too", profiling_ticks == 1);

  child = fork();
  if (child == 0) {
    signal(SIGVTALRM, SIG_DFL);
    set("unhandled", ITIMER_VIRTUAL, 10000, 0);
    for (volatile int turn = 0;; turn++) {
    }
  }
  int status = 0;
  waitpid(child, &status, 0);
  truth("it ends a program that does not handle it", WIFSIGNALED(status) && WTERMSIG(status) == SIGVTALRM);

  outcome("no such timer to set", setitimer(3, &none, NULL));
  outcome("no such timer to ask", getitimer(-1, &old));
  struct itimerval bad = {{0, 0}, {0, 1000000}};
  outcome("a million microseconds", setitimer(ITIMER_PROF, &bad, NULL));
  return 0;
}
