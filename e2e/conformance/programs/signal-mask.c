/*
 * Blocked signals wait, once each, and are delivered when unblocked; ignored ones do not wait.
 * sigprocmask(2), sigpending(2), signal(7): "Signal mask and pending signals".
 */
#include "expect.h"

static volatile int counts[32];
static void count(int signal) { counts[signal]++; }

static void pending(const char *what) {
  sigset_t set;
  sigpending(&set);
  say("%s: USR1 %d USR2 %d TERM %d\n", what, sigismember(&set, SIGUSR1), sigismember(&set, SIGUSR2),
      sigismember(&set, SIGTERM));
}

int main(void) {
  sigset_t set, old;
  signal(SIGUSR1, count);
  signal(SIGUSR2, count);
  signal(SIGTERM, SIG_IGN);
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  sigaddset(&set, SIGUSR2);
  sigaddset(&set, SIGTERM);
  outcome("block", sigprocmask(SIG_BLOCK, &set, &old));
  truth("nothing was blocked", !sigismember(&old, SIGUSR1));
  pending("at first");
  for (int i = 0; i < 3; i++) kill(getpid(), SIGUSR1);
  kill(getpid(), SIGTERM);
  pending("sent");
  say("delivered: %d %d\n", counts[SIGUSR1], counts[SIGUSR2]);
  sigemptyset(&set);
  sigaddset(&set, SIGUSR2);
  outcome("unblock another", sigprocmask(SIG_UNBLOCK, &set, NULL));
  pending("still");
  sigaddset(&set, SIGUSR1);
  outcome("unblock it", sigprocmask(SIG_UNBLOCK, &set, &old));
  truth("it was blocked", sigismember(&old, SIGUSR1) && !sigismember(&old, SIGUSR2));
  pending("after");
  say("delivered: %d %d\n", counts[SIGUSR1], counts[SIGUSR2]);

  /* Setting a pending signal to be ignored throws it away. */
  sigprocmask(SIG_BLOCK, &set, NULL);
  kill(getpid(), SIGUSR1);
  pending("sent again");
  signal(SIGUSR1, SIG_IGN);
  pending("ignored");
  signal(SIGUSR1, count);
  sigprocmask(SIG_UNBLOCK, &set, NULL);
  say("delivered: %d %d\n", counts[SIGUSR1], counts[SIGUSR2]);

  sigfillset(&set);
  outcome("block everything", sigprocmask(SIG_SETMASK, &set, NULL));
  sigprocmask(SIG_SETMASK, NULL, &old);
  truth("but not SIGKILL and SIGSTOP", !sigismember(&old, SIGKILL) && !sigismember(&old, SIGSTOP) && sigismember(&old, SIGINT));
  outcome("unknown how", sigprocmask(77, &set, NULL));
  pid_t child = fork();
  if (child == 0) {
    kill(getpid(), SIGKILL);
    _exit(0);
  }
  reap("SIGKILL is not blocked", child);
  return 0;
}
