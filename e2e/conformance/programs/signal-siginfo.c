/*
 * What SA_SIGINFO tells: SI_USER with the sender, SI_TKILL, CLD_* with the child and its status.
 * sigaction(2): "The siginfo_t argument".
 */
#include "expect.h"
#include <sys/syscall.h>

static siginfo_t got;
static volatile int times, argument;

static void handler(int signal, siginfo_t *info, void *context) {
  argument = signal;
  got = *info;
  times += context != NULL;
}

int main(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = handler;
  action.sa_flags = SA_SIGINFO | SA_RESTART;
  sigaction(SIGUSR1, &action, NULL);
  sigaction(SIGCHLD, &action, NULL);
  kill(getpid(), SIGUSR1);
  truth("kill: number", argument == SIGUSR1 && got.si_signo == SIGUSR1);
  truth("kill: SI_USER", got.si_code == SI_USER);
  truth("kill: sender", got.si_pid == getpid() && got.si_uid == getuid());
  syscall(SYS_tgkill, getpid(), getpid(), SIGUSR1);
  truth("tgkill: SI_TKILL", got.si_code == SI_TKILL && got.si_pid == getpid());

  pid_t child = fork();
  if (child == 0) _exit(37);
  int status;
  while (waitpid(child, &status, 0) != child) continue;
  truth("exit: SIGCHLD", argument == SIGCHLD && got.si_signo == SIGCHLD);
  truth("exit: CLD_EXITED, status 37", got.si_code == CLD_EXITED && got.si_status == 37);
  truth("exit: the child", got.si_pid == child && got.si_uid == getuid());

  child = fork();
  if (child == 0) kill(getpid(), SIGKILL);
  while (waitpid(child, &status, 0) != child) continue;
  truth("killed: CLD_KILLED, SIGKILL", got.si_code == CLD_KILLED && got.si_status == SIGKILL);

  times = 0;
  child = fork();
  if (child == 0) {
    kill(getpid(), SIGSTOP);
    _exit(0);
  }
  waitpid(child, &status, WUNTRACED);
  truth("stopped: CLD_STOPPED, SIGSTOP", got.si_code == CLD_STOPPED && got.si_status == SIGSTOP);
  kill(child, SIGCONT);
  waitpid(child, &status, 0);
  truth("then exited", got.si_code == CLD_EXITED && got.si_status == 0);
  truth("context was handed over", times >= 2);
  return 0;
}
