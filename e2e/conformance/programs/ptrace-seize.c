/*
 * PTRACE_SEIZE does not stop; PTRACE_INTERRUPT does. A stop of the process is told from a signal's, and PTRACE_LISTEN waits
 * for its end.
 * ptrace(2): PTRACE_SEIZE, PTRACE_INTERRUPT, PTRACE_LISTEN, "Group-stop".
 */
/* native-only: qemu-user has no ptrace */
#include "../trace.h"

static void sleep_long(void) {
  struct timespec time = {1000, 0};
  for (;;) nanosleep(&time, NULL);
}

int main(void) {
  need_ptrace();
  pid_t pid = fork();
  if (pid == 0) sleep_long();
  outcome("seize with an address", ptrace(PTRACE_SEIZE, pid, (void *)8, NULL));
  outcome("seize with unknown options", ptrace(PTRACE_SEIZE, pid, NULL, (void *)0x40000000));
  outcome("seize", ptrace(PTRACE_SEIZE, pid, NULL, (void *)PTRACE_O_TRACEFORK));
  say("nothing to see: %d\n", (int)waitpid(pid, NULL, WNOHANG | __WALL));
  outcome("interrupt", ptrace((int)PTRACE_INTERRUPT, pid, NULL, NULL));
  next_of("child", pid);
  siginfo_t info;
  outcome("siginfo", ptrace(PTRACE_GETSIGINFO, pid, NULL, &info));
  say("  %s, code %x\n", signal_name(info.si_signo), info.si_code);
  say("the same stop is told once: %d\n", (int)waitpid(pid, NULL, WNOHANG | __WALL));
  go(PTRACE_CONT, pid, 0);
  say("a stop signal, first as a signal\n");
  kill(pid, SIGSTOP);
  next_of("child", pid);
  outcome("listen to a signal", ptrace((int)PTRACE_LISTEN, pid, NULL, NULL));
  go(PTRACE_CONT, pid, SIGSTOP);
  next_of("child", pid);
  outcome("listen", ptrace((int)PTRACE_LISTEN, pid, NULL, NULL));
  outcome("peek while listening", ptrace(PTRACE_PEEKDATA, pid, &pid, NULL));
  say("nothing to see: %d\n", (int)waitpid(pid, NULL, WNOHANG | __WALL));
  kill(pid, SIGCONT);
  next_of("child", pid);
  go(PTRACE_CONT, pid, 0);
  next_of("child", pid);
  go(PTRACE_CONT, pid, SIGCONT);
  outcome("interrupt", ptrace((int)PTRACE_INTERRUPT, pid, NULL, NULL));
  next_of("child", pid);
  outcome("kill", ptrace(PTRACE_KILL, pid, NULL, NULL));
  next_of("child", pid);

  say("attached to one that is stopped, by PTRACE_TRACEME and a stop of its own\n");
  pid = fork();
  if (pid == 0) {
    ptrace(PTRACE_TRACEME, 0, NULL, NULL);
    raise(SIGSTOP);
    say("  runs\n");
    _exit(0);
  }
  next_of("child", pid);
  go(PTRACE_CONT, pid, SIGSTOP);
  next_of("child", pid);
  outcome("a group stop has no siginfo", ptrace(PTRACE_GETSIGINFO, pid, NULL, &info));
  go(PTRACE_CONT, pid, 0);
  next_of("child", pid);

  say("seized while it is stopped\n");
  pid = fork();
  if (pid == 0) sleep_long();
  kill(pid, SIGSTOP);
  int status;
  waitpid(pid, &status, WUNTRACED);
  say("stopped: %d\n", WIFSTOPPED(status));
  outcome("seize", ptrace(PTRACE_SEIZE, pid, NULL, NULL));
  next_of("child", pid);
  outcome("detach", ptrace(PTRACE_DETACH, pid, NULL, NULL));
  kill(pid, SIGKILL);
  next_of("child", pid);

  say("waitid says the whole code\n");
  pid = fork();
  if (pid == 0) {
    ptrace(PTRACE_TRACEME, 0, NULL, NULL);
    raise(SIGUSR1);
    _exit(0);
  }
  outcome("waitid", waitid(P_PID, (id_t)pid, &info, WSTOPPED | WEXITED | WNOWAIT));
  say("  code %d, status %x\n", info.si_code, (unsigned)info.si_status);
  next_of("child", pid);
  go(PTRACE_CONT, pid, 0);
  next_of("child", pid);
  return 0;
}
