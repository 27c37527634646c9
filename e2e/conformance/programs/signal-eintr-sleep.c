/*
 * nanosleep ends early with EINTR and tells what was left, also when the handler has SA_RESTART; it does
 * not end for ignored signals. nanosleep(2): ERRORS; signal(7).
 */
#include "expect.h"

static volatile int handled;
static void handler(int signal) { handled += signal == SIGUSR1; }

static void sleep_with(const char *what, int flags) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigaction(SIGUSR1, &action, NULL);
  struct timespec span = {5, 0}, left = {77, 77};
  pid_t child = fork();
  if (child == 0) {
    pause_ms(50);
    kill(getppid(), SIGUSR1);
    _exit(0);
  }
  handled = 0;
  outcome(what, nanosleep(&span, &left));
  number("handled", handled);
  truth("some is left", left.tv_sec >= 3 && left.tv_sec < 5 && left.tv_nsec >= 0 && left.tv_nsec < 1000000000);
  reap("child", child);
}

int main(void) {
  sleep_with("plain handler", 0);
  sleep_with("SA_RESTART", SA_RESTART);
  signal(SIGUSR1, SIG_IGN);
  struct timespec span = {0, 120000000}, left = {77, 77};
  pid_t child = fork();
  if (child == 0) {
    pause_ms(40);
    kill(getppid(), SIGUSR1);
    _exit(0);
  }
  outcome("ignored", nanosleep(&span, &left));
  number("the remainder is not written", left.tv_sec);
  reap("child", child);
  return 0;
}
