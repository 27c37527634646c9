/*
 * A tracee stops for every signal, and its tracer decides what becomes of it.
 * ptrace(2): PTRACE_TRACEME, PTRACE_CONT, PTRACE_GETSIGINFO, PTRACE_SETSIGINFO, PTRACE_GETSIGMASK.
 */
/* native-only: qemu-user has no ptrace */
#include "../trace.h"

static void caught(int signo, siginfo_t *info, void *context) {
  (void)context;
  say("  the handler: %s, value %d\n", signal_name(signo), info->si_code == SI_QUEUE ? info->si_value.sival_int : -1);
}

static void child(void) {
  struct sigaction action = {.sa_sigaction = caught, .sa_flags = SA_SIGINFO};
  sigaction(SIGUSR1, &action, NULL);
  signal(SIGUSR2, SIG_IGN);
  outcome("  traceme", ptrace(PTRACE_TRACEME, 0, NULL, NULL));
  outcome("  traceme again", ptrace(PTRACE_TRACEME, 0, NULL, NULL));
  raise(SIGSTOP);
  say("  runs\n");
  raise(SIGUSR1);
  say("  after USR1\n");
  raise(SIGUSR1);
  say("  after the second\n");
  raise(SIGUSR2);
  say("  after USR2, which is ignored\n");
  raise(SIGTERM);
  say("  after TERM\n");
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGHUP);
  sigprocmask(SIG_BLOCK, &set, NULL);
  raise(SIGHUP);
  raise(SIGALRM);
  say("  after ALRM\n");
  raise(SIGINT);
  _exit(7);
}

int main(void) {
  need_ptrace();
  pid_t pid = fork();
  if (pid == 0) child();
  next_of("child", pid);
  siginfo_t info;
  outcome("siginfo", ptrace(PTRACE_GETSIGINFO, pid, NULL, &info));
  say("  %s, from itself: %d\n", signal_name(info.si_signo), info.si_pid == pid);
  go(PTRACE_CONT, pid, 0);
  next_of("child", pid);
  say("passed on\n");
  go(PTRACE_CONT, pid, SIGUSR1);
  next_of("child", pid);
  say("passed on with another value\n");
  ptrace(PTRACE_GETSIGINFO, pid, NULL, &info);
  info.si_code = SI_QUEUE;
  info.si_value.sival_int = 42;
  outcome("setsiginfo", ptrace(PTRACE_SETSIGINFO, pid, NULL, &info));
  go(PTRACE_CONT, pid, SIGUSR1);
  next_of("child", pid);
  say("ignored, and passed on\n");
  go(PTRACE_CONT, pid, SIGUSR2);
  next_of("child", pid);
  say("kept from it\n");
  go(PTRACE_CONT, pid, 0);
  next_of("child", pid);
  unsigned long mask = 0;
  outcome("getsigmask", ptrace((int)PTRACE_GETSIGMASK, pid, (void *)sizeof mask, &mask));
  say("  blocks HUP: %d\n", (int)(mask >> (SIGHUP - 1) & 1));
  outcome("of another size", ptrace((int)PTRACE_GETSIGMASK, pid, (void *)4, &mask));
  say("turned into USR1\n");
  go(PTRACE_CONT, pid, SIGUSR1);
  next_of("child", pid);
  outcome("a signal too many", ptrace(PTRACE_CONT, pid, NULL, (void *)65));
  say("turned into KILL\n");
  go(PTRACE_CONT, pid, SIGKILL);
  next_of("child", pid);
  outcome("afterwards", ptrace(PTRACE_CONT, pid, NULL, NULL));
  say("no child: %s\n", wait(NULL) == -1 ? errno_name(errno) : "one");
  return 0;
}
