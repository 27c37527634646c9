/*
 * A handler is interrupted by another signal's handler unless sa_mask holds that one back until it
 * returns; the old mask comes back each time. sigaction(2): sa_mask.
 */
/* native-only: qemu-user 7.2 reads a riscv64 sa_mask from behind its place */
#include "expect.h"

static void inner(int signal) {
  sigset_t mask;
  sigprocmask(SIG_BLOCK, NULL, &mask);
  say("  inner %s, USR1 blocked %d\n", signal_name(signal), sigismember(&mask, SIGUSR1));
}

static void outer(int signal) {
  sigset_t mask;
  sigprocmask(SIG_BLOCK, NULL, &mask);
  say(" outer %s begins, USR2 blocked %d\n", signal_name(signal), sigismember(&mask, SIGUSR2));
  raise(SIGUSR2);
  say(" outer ends\n");
}

static long deep(int level) {
  volatile long local = level;
  if (level > 0) raise(SIGHUP);
  return local;
}

static volatile int levels, sum;
static void recurse(int signal) {
  (void)signal;
  int level = ++levels;
  sum += (int)deep(level < 20 ? level : 0);
}

int main(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = inner;
  sigaction(SIGUSR2, &action, NULL);
  action.sa_handler = outer;
  sigaction(SIGUSR1, &action, NULL);
  say("without a mask\n");
  raise(SIGUSR1);
  sigaddset(&action.sa_mask, SIGUSR2);
  sigaction(SIGUSR1, &action, NULL);
  say("with a mask\n");
  raise(SIGUSR1);
  sigset_t mask;
  sigprocmask(SIG_BLOCK, NULL, &mask);
  say("back: USR1 blocked %d, USR2 blocked %d\n", sigismember(&mask, SIGUSR1), sigismember(&mask, SIGUSR2));

  memset(&action, 0, sizeof action);
  action.sa_handler = recurse;
  action.sa_flags = SA_NODEFER;
  sigaction(SIGHUP, &action, NULL);
  raise(SIGHUP);
  say("twenty frames: %d, sum %d\n", levels, sum);
  return 0;
}
