/* System V's names for changing single signals (sigset(3)), and GNU's for whole sets. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static int change(int how, int number, sigset_t *old) {
  sigset_t set;
  sigemptyset(&set);
  return sigaddset(&set, number) < 0 ? -1 : sigprocmask(how, &set, old);
}

int sighold(int number) { return change(SIG_BLOCK, number, 0); }
int sigrelse(int number) { return change(SIG_UNBLOCK, number, 0); }

int sigignore(int number) {
  struct sigaction action = {.sa_handler = SIG_IGN};
  return sigaction(number, &action, 0);
}

/* SIG_HOLD, where a handler is given or was, is the blocked signal. */
sighandler_t sigset(int number, sighandler_t handler) {
  struct sigaction action = {.sa_handler = handler}, old;
  sigset_t before;
  if (change(handler == SIG_HOLD ? SIG_BLOCK : SIG_UNBLOCK, number, &before) < 0) return SIG_ERR;
  if (sigaction(number, handler == SIG_HOLD ? 0 : &action, &old) < 0) return SIG_ERR;
  return sigismember(&before, number) ? SIG_HOLD : old.sa_handler;
}

int sigpause(int number) {
  sigset_t mask;
  sigprocmask(SIG_BLOCK, 0, &mask);
  if (sigdelset(&mask, number) < 0) return -1;
  return sigsuspend(&mask);
}

int sigisemptyset(const sigset_t *set) { return set->__bits == 0; }

int sigandset(sigset_t *to, const sigset_t *left, const sigset_t *right) {
  to->__bits = left->__bits & right->__bits;
  return 0;
}

int sigorset(sigset_t *to, const sigset_t *left, const sigset_t *right) {
  to->__bits = left->__bits | right->__bits;
  return 0;
}
