/*
 * PTRACE_SYSCALL stops before and after every call, and the tracer sees which call with which arguments.
 * ptrace(2): PTRACE_SYSCALL, PTRACE_O_TRACESYSGOOD, PTRACE_GET_SYSCALL_INFO.
 */
/* native-only: qemu-user has no ptrace */
#include "../trace.h"

/* struct ptrace_syscall_info under a name of our own: the libraries' headers disagree. */
struct call_info {
  unsigned char op, pad[3];
  unsigned arch;
  unsigned long pc, sp, words[7];
};

static pid_t pid;

static const char *call_name(unsigned long number) {
  static const struct named names[] = {{SYS_getppid, "getppid"}, {SYS_close, "close"},
                                       {SYS_kill, "kill"},       {SYS_write, "write"},
                                       {SYS_exit_group, "exit_group"}, {SYS_read, "read"},
                                       {SYS_rt_sigreturn, "rt_sigreturn"},
                                       {0, NULL}};
  return name_in(names, (int)number);
}

static void describe(void) {
  struct call_info info;
  memset(&info, 0x55, sizeof info);
  long length = ptrace((int)PTRACE_GET_SYSCALL_INFO, pid, (void *)sizeof info, &info);
  if (length == -1) say("  info: %s\n", errno_name(errno));
  else if (info.op == 1) say("  enters %s, close(99): %d, %ld bytes\n", call_name(info.words[0]), info.words[1] == 99, length);
  else if (info.op == 2) {
    long value = (long)info.words[0];
    say("  leaves with %ld, error %d, %ld bytes\n", value == getpid() ? 1000000 : value, ((unsigned char *)&info)[32], length);
  } else say("  no call, %ld bytes\n", length);
}

static int step(long signo) {
  go(PTRACE_SYSCALL, pid, signo);
  int status = next_of("child", pid);
  if (WIFSTOPPED(status)) describe();
  return status;
}

static void caught(int signo) { (void)signo; }

int main(void) {
  need_ptrace();
  int ends[2];
  if (pipe(ends) == -1) return 1;
  pid = fork();
  if (pid == 0) {
    char byte;
    struct sigaction action = {.sa_handler = caught};
    sigaction(SIGUSR1, &action, NULL);
    ptrace(PTRACE_TRACEME, 0, NULL, NULL);
    raise(SIGSTOP);
    syscall(SYS_getppid);
    syscall(SYS_close, 99);
    syscall(SYS_read, ends[0], &byte, 1);
    syscall(SYS_exit_group, 3);
  }
  next_of("child", pid);
  describe();
  ask("options", PTRACE_SETOPTIONS, pid, 0, PTRACE_O_TRACESYSGOOD);
  ask("unknown options", PTRACE_SETOPTIONS, pid, 0, 0x40000000);
  say("out of the kill that stopped it\n");
  go(PTRACE_SYSCALL, pid, 0);
  for (;;) {
    int status = 0;
    waitpid(pid, &status, __WALL);
    struct call_info info;
    ptrace((int)PTRACE_GET_SYSCALL_INFO, pid, (void *)sizeof info, &info);
    if (info.op == 1 && info.words[0] == SYS_getppid) break;
    go(PTRACE_SYSCALL, pid, 0);
  }
  describe();
  siginfo_t about;
  ptrace(PTRACE_GETSIGINFO, pid, NULL, &about);
  say("  siginfo: %s, code %x\n", signal_name(about.si_signo), about.si_code);
  step(0);
  step(0);
  step(0);
  step(0);
  say("a signal in the call that waits\n");
  go(PTRACE_SYSCALL, pid, 0);
  struct timespec while_ = {0, 100000000};
  nanosleep(&while_, NULL);
  kill(pid, SIGUSR1);
  next_of("child", pid);
  describe();
  step(0);
  say("the handler runs\n");
  step(SIGUSR1);
  step(0);
  step(0);
  step(0);
  return 0;
}
