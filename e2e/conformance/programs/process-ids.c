/*
 * Relations between process ids. getpid(2), getppid(2), gettid(2), getpgid(2), getsid(2).
 */
#include "expect.h"
#include <sys/syscall.h>

int main(void) {
  pid_t self = getpid();
  truth("positive", self > 0);
  truth("stable", self == getpid());
  truth("the only thread is the process", syscall(SYS_gettid) == self);
  truth("getpgid 0 is one's own", getpgid(0) == getpgid(self) && getpgid(0) == getpgrp());
  truth("getsid 0 is one's own", getsid(0) == getsid(self));
  truth("has a parent", getppid() > 0 && getppid() != self);
  outcome("getpgid of nobody", getpgid(0x7ffffff0));
  outcome("getsid of nobody", getsid(0x7ffffff0));
  outcome("getpgid of a negative", getpgid(-1));
  outcome("kill nobody", kill(0x7ffffff0, 0));
  outcome("kill oneself with 0", kill(self, 0));
  outcome("kill with 65", kill(self, 65));
  outcome("kill with -1", kill(self, -1));
  outcome("kill a group that is not there", kill(-0x7ffffff0, SIGTERM));
  outcome("tgkill oneself with 0", syscall(SYS_tgkill, self, self, 0));
  outcome("tgkill without a thread", syscall(SYS_tgkill, self, 0, 0));
  outcome("tgkill the wrong thread", syscall(SYS_tgkill, self, 0x7ffffff0, 0));
  truth("user and effective user agree", getuid() == geteuid() && getgid() == getegid());
  int pids[2];
  if (pipe(pids) != 0) return 1;
  pid_t child = fork();
  if (child == 0) {
    pid_t own = getpid();
    _exit(write(pids[1], &own, sizeof own) == sizeof own && getppid() == self ? 0 : 1);
  }
  pid_t told = 0;
  truth("child told its pid", read(pids[0], &told, sizeof told) == sizeof told);
  truth("fork returned it", told == child && child != self);
  reap("child", child);
  return 0;
}
