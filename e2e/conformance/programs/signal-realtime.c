/*
 * Real-time signals queue: each one sent is delivered, with its value, in order; standard ones merge.
 * signal(7): "Real-time signals"; sigqueue(3).
 */
#include "expect.h"
#include <sys/syscall.h>

#define FIRST 40

static volatile int got[16], at, user;

static void handler(int signal, siginfo_t *info, void *context) {
  (void)context;
  if (signal == SIGUSR1)
    user++;
  else if (at < 16)
    got[at++] = (signal - FIRST) * 100 + info->si_value.sival_int;
}

static int queue(int signal, int value) {
  siginfo_t info;
  memset(&info, 0, sizeof info);
  info.si_signo = signal;
  info.si_code = -1; /* SI_QUEUE */
  info.si_pid = getpid();
  info.si_uid = getuid();
  info.si_value.sival_int = value;
  return (int)syscall(SYS_rt_sigqueueinfo, getpid(), signal, &info);
}

int main(void) {
  struct sigaction action;
  sigset_t set;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = handler;
  action.sa_flags = SA_SIGINFO;
  sigfillset(&action.sa_mask);
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  sigaction(SIGUSR1, &action, NULL);
  for (int signal = FIRST; signal < FIRST + 3; signal++) {
    sigaddset(&set, signal);
    sigaction(signal, &action, NULL);
  }
  sigprocmask(SIG_BLOCK, &set, NULL);
  for (int i = 1; i <= 3; i++) kill(getpid(), SIGUSR1);
  for (int i = 1; i <= 4; i++) outcome("queue", queue(FIRST + 1, i));
  sigprocmask(SIG_UNBLOCK, &set, NULL);
  number("SIGUSR1 merged", user);
  say("%d queued:", at);
  for (int i = 0; i < at; i++) say(" %d", got[i]);
  say("\n");
  return 0;
}
