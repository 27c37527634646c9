/*
 * sigaction returns the former action as it was set, refuses SIGKILL, SIGSTOP and numbers that are no
 * signals. sigaction(2): ERRORS; rt_sigaction's size must be that of the kernel's set.
 */
#include "expect.h"
#include <sys/syscall.h>

static volatile int last, count;
static void first(int signal) { last = signal, count++; }
static void second(int signal) { last = -signal, count++; }

int main(void) {
  struct sigaction action, old;
  memset(&action, 0, sizeof action);
  memset(&old, 0xff, sizeof old);
  action.sa_handler = first;
  action.sa_flags = SA_RESTART | SA_NODEFER;
  sigaddset(&action.sa_mask, SIGUSR2);
  outcome("set", sigaction(SIGUSR1, &action, &old));
  truth("it was default", old.sa_handler == SIG_DFL);
  action.sa_handler = second;
  action.sa_flags = 0;
  sigemptyset(&action.sa_mask);
  outcome("set another", sigaction(SIGUSR1, &action, &old));
  truth("the first handler", old.sa_handler == first);
  truth("its flags", (old.sa_flags & (SA_RESTART | SA_NODEFER | SA_SIGINFO | SA_RESETHAND)) == (SA_RESTART | SA_NODEFER));
  truth("its mask", sigismember(&old.sa_mask, SIGUSR2) == 1 && sigismember(&old.sa_mask, SIGUSR1) == 0);
  outcome("raise", raise(SIGUSR1));
  say("handled by the %s, times %d\n", last == -SIGUSR1 ? "second" : "first", count);
  outcome("only ask", sigaction(SIGUSR1, NULL, &old));
  truth("the second", old.sa_handler == second);
  action.sa_handler = SIG_IGN;
  outcome("ignore", sigaction(SIGUSR1, &action, NULL));
  raise(SIGUSR1);
  number("not handled", count);

  outcome("SIGKILL", sigaction(SIGKILL, &action, NULL));
  outcome("SIGSTOP", sigaction(SIGSTOP, &action, NULL));
  outcome("asking for SIGKILL", sigaction(SIGKILL, NULL, &old));
  outcome("signal 0", sigaction(0, &action, NULL));
  outcome("signal 65", sigaction(65, &action, NULL));
  outcome("signal -1", sigaction(-1, &action, NULL));
  outcome("wrong set size", syscall(SYS_rt_sigaction, SIGUSR1, NULL, NULL, 16));
  outcome("bad pointer", syscall(SYS_rt_sigaction, SIGUSR1, nowhere(), NULL, 8));
  truth("signal() returns the former", signal(SIGUSR1, first) == SIG_IGN && signal(SIGUSR1, SIG_DFL) == first);
  return 0;
}
