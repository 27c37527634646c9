/*
 * A tracer follows fork, vfork, exec and exit, and has the children from their first instruction on.
 * ptrace(2): PTRACE_O_TRACEFORK, PTRACE_O_TRACEVFORK, PTRACE_O_TRACEVFORKDONE, PTRACE_O_TRACEEXEC, PTRACE_O_TRACEEXIT,
 * PTRACE_GETEVENTMSG.
 */
/* native-only: qemu-user has no ptrace */
#include "../trace.h"
#include <fcntl.h>

static unsigned long message(pid_t pid) {
  unsigned long word = 0;
  outcome("message", ptrace(PTRACE_GETEVENTMSG, pid, NULL, &word));
  return word;
}

int main(int argc, char **argv) {
  need_ptrace();
  if (argc > 1) return 5;
  pid_t pid = fork();
  if (pid == 0) {
    ptrace(PTRACE_TRACEME, 0, NULL, NULL);
    raise(SIGSTOP);
    pid_t kid = fork();
    if (kid == 0) _exit(9);
    waitpid(kid, NULL, 0);
    execl(argv[0], argv[0], "again", (char *)NULL);
    _exit(1);
  }
  next_of("child", pid);
  ask("options", PTRACE_SETOPTIONS, pid, 0,
      PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE | PTRACE_O_TRACEEXEC |
          PTRACE_O_TRACEEXIT);
  go(PTRACE_CONT, pid, 0);
  next_of("child", pid);
  pid_t kid = (pid_t)message(pid);
  say("a new process: %d\n", kid > 0 && kid != pid);
  next_of("kid", kid);
  say("the kid's parent: %s\n", getpgid(kid) == getpgrp() ? "of our group" : "elsewhere");
  go(PTRACE_CONT, pid, 0);
  go(PTRACE_CONT, kid, 0);
  next_of("kid", kid);
  say("it is about to end with %lx\n", message(kid));
  go(PTRACE_CONT, kid, 0);
  next_of("kid", kid);
  say("the real parent hears of it\n");
  next_of("child", pid);
  go(PTRACE_CONT, pid, SIGCHLD);
  next_of("child", pid);
  say("exec in the same process: %d\n", message(pid) == (unsigned long)pid);
  go(PTRACE_CONT, pid, 0);
  next_of("child", pid);
  say("it is about to end with %lx\n", message(pid));
  go(PTRACE_CONT, pid, 0);
  next_of("child", pid);

  say("without options exec is a SIGTRAP\n");
  pid = fork();
  if (pid == 0) {
    ptrace(PTRACE_TRACEME, 0, NULL, NULL);
    execl(argv[0], argv[0], "again", (char *)NULL);
    _exit(1);
  }
  next_of("child", pid);
  go(PTRACE_CONT, pid, 0);
  next_of("child", pid);

  say("the end by a signal\n");
  pid = fork();
  if (pid == 0) {
    ptrace(PTRACE_TRACEME, 0, NULL, NULL);
    raise(SIGTERM);
    _exit(1);
  }
  next_of("child", pid);
  ask("options", PTRACE_SETOPTIONS, pid, 0, PTRACE_O_TRACEEXIT);
  go(PTRACE_CONT, pid, SIGTERM);
  next_of("child", pid);
  say("it is about to end with %lx\n", message(pid));
  go(PTRACE_CONT, pid, 0);
  next_of("child", pid);
  return 0;
}
