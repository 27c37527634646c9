/*
 * The mask in a handler's context is what returns: a handler that changes uc_sigmask changes the mask of
 * the interrupted program. sigaction(2): "ucontext"; sigreturn(2).
 */
#include "expect.h"
#include <ucontext.h>

static volatile int adds, handled;

static void handler(int signal, siginfo_t *info, void *context) {
  ucontext_t *interrupted = context;
  (void)info;
  handled++;
  truth("interrupted with it unblocked", !sigismember(&interrupted->uc_sigmask, signal));
  if (adds)
    sigaddset(&interrupted->uc_sigmask, SIGUSR2);
  else
    sigdelset(&interrupted->uc_sigmask, SIGUSR2);
}

static int blocked(int signal) {
  sigset_t mask;
  sigprocmask(SIG_BLOCK, NULL, &mask);
  return sigismember(&mask, signal);
}

int main(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = handler;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGUSR1, &action, NULL);
  adds = 1;
  raise(SIGUSR1);
  number("USR2 blocked by the handler", blocked(SIGUSR2));
  number("USR1 is not", blocked(SIGUSR1));
  adds = 0;
  raise(SIGUSR1);
  number("USR2 unblocked by the handler", blocked(SIGUSR2));
  number("handled", handled);
  return 0;
}
