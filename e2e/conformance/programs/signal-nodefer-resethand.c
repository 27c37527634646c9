/*
 * A signal is blocked while its own handler runs, unless SA_NODEFER; with SA_RESETHAND the handler runs
 * once. sigaction(2): SA_NODEFER, SA_RESETHAND.
 */
#include "expect.h"

static volatile int depth, deepest, runs;

static void handler(int signal) {
  sigset_t mask;
  runs++;
  depth++;
  if (depth > deepest) deepest = depth;
  sigprocmask(SIG_BLOCK, NULL, &mask);
  if (runs == 1) {
    truth("blocked in its own handler", sigismember(&mask, signal));
    raise(signal);
    number("runs after raising it again", runs);
  }
  depth--;
}

static void run(const char *what, int flags) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigaction(SIGUSR1, &action, NULL);
  runs = deepest = 0;
  say("%s\n", what);
  raise(SIGUSR1);
  say("runs %d, deepest %d\n", runs, deepest);
}

static void harmless(int signal) { say("handled %s\n", signal_name(signal)); }

int main(void) {
  run("plain", 0);
  run("SA_NODEFER", SA_NODEFER);
  struct sigaction action, now;
  memset(&action, 0, sizeof action);
  action.sa_handler = harmless;
  action.sa_flags = SA_RESETHAND;
  pid_t child = fork();
  if (child == 0) {
    sigaction(SIGUSR2, &action, NULL);
    raise(SIGUSR2);
    sigaction(SIGUSR2, NULL, &now);
    truth("default again", now.sa_handler == SIG_DFL);
    raise(SIGUSR2);
    say("not reached\n");
    _exit(0);
  }
  reap("SA_RESETHAND, the second time", child);
  sigset_t mask;
  sigprocmask(SIG_BLOCK, NULL, &mask);
  truth("nothing left blocked", !sigismember(&mask, SIGUSR1) && !sigismember(&mask, SIGUSR2));
  return 0;
}
