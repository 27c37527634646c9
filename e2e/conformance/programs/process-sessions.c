/*
 * setsid makes a session, a group and a leader of both, once; a group's leader cannot. setsid(2),
 * getsid(2), setpgid(2): EPERM.
 */
#include "expect.h"
#include <fcntl.h>

int main(void) {
  pid_t old_session = getsid(0);
  int ready[2], gate[2];
  char token = 0;
  if (pipe(ready) != 0 || pipe(gate) != 0) return 1;
  pid_t child = fork();
  if (child == 0) {
    close(gate[1]);
    truth("setsid returns one's pid", setsid() == getpid());
    truth("session and group are one's own", getsid(0) == getpid() && getpgrp() == getpid());
    outcome("a second time", setsid());
    outcome("a leader cannot move", setpgid(0, 0));
    outcome("no terminal", open("/dev/tty", O_RDWR));
    pid_t inner = fork();
    if (inner == 0) {
      truth("a child is in the session", getsid(0) == getppid());
      outcome("and may make another", setsid() == getpid() ? 0 : -1);
      _exit(0);
    }
    reap("inner", inner);
    if (write(ready[1], "!", 1) != 1) _exit(1);
    _exit(read(gate[0], &token, 1) == 0 ? 0 : 1);
  }
  close(gate[0]);
  if (read(ready[0], &token, 1) != 1) return 1;
  truth("the child's session is new", getsid(child) == child && getsid(0) == old_session);
  outcome("moving it from outside", setpgid(child, getpgrp()));
  close(gate[1]);
  reap("child", child);

  child = fork();
  if (child == 0) {
    outcome("lead a group", setpgid(0, 0));
    outcome("then no setsid", setsid());
    _exit(0);
  }
  reap("group leader", child);

  if (pipe(gate) != 0) return 1;
  child = fork();
  if (child == 0) {
    setsid();
    pid_t other = fork();
    if (other == 0) {
      outcome("joining a group of another session", setpgid(0, old_session));
      _exit(0);
    }
    reap("other", other);
    _exit(0);
  }
  reap("last", child);
  return 0;
}
