/*
 * sigsuspend exchanges the mask, waits for a handler, and puts the mask back: a signal that came before
 * is not missed. sigsuspend(2); pause(2).
 */
#include "expect.h"

static volatile int handled;
static void handler(int signal) {
  handled = signal;
  say("handler of %s\n", signal_name(signal));
}

int main(void) {
  sigset_t block, empty, now;
  signal(SIGUSR1, handler);
  signal(SIGUSR2, handler);
  sigemptyset(&empty);
  sigemptyset(&block);
  sigaddset(&block, SIGUSR1);
  sigaddset(&block, SIGUSR2);
  sigprocmask(SIG_BLOCK, &block, NULL);
  raise(SIGUSR1);
  number("not yet", handled);
  outcome("already pending", sigsuspend(&empty));
  truth("handled", handled == SIGUSR1);
  sigprocmask(SIG_BLOCK, NULL, &now);
  truth("blocked again", sigismember(&now, SIGUSR1) && sigismember(&now, SIGUSR2));

  pid_t child = fork();
  if (child == 0) {
    pause_ms(50);
    kill(getppid(), SIGUSR2);
    _exit(0);
  }
  outcome("sent later", sigsuspend(&empty));
  truth("handled", handled == SIGUSR2);
  reap("child", child);

  /* Only what the temporary mask lets through ends it. */
  sigset_t only_usr1 = block;
  sigdelset(&only_usr1, SIGUSR1);
  child = fork();
  if (child == 0) {
    pause_ms(50);
    kill(getppid(), SIGUSR2);
    pause_ms(50);
    kill(getppid(), SIGUSR1);
    _exit(0);
  }
  outcome("only USR1 wakes", sigsuspend(&only_usr1));
  truth("by USR1", handled == SIGUSR1);
  sigpending(&now);
  truth("USR2 waits", sigismember(&now, SIGUSR2));
  reap("child", child);
  sigprocmask(SIG_SETMASK, &empty, NULL);
  truth("and is delivered", handled == SIGUSR2);
  return 0;
}
