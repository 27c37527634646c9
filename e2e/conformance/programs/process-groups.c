/*
 * Joining and making process groups, and what setpgid refuses. setpgid(2): ERRORS.
 */
#include "expect.h"

static int gate[2];

static pid_t sleeper(void) {
  pid_t child = fork();
  if (child == 0) {
    char token;
    close(gate[1]);
    _exit(read(gate[0], &token, 1) == 0 ? 0 : 1);
  }
  return child;
}

int main(void) {
  if (pipe(gate) != 0) return 1;
  pid_t first = sleeper(), second = sleeper();
  truth("children begin in our group", getpgid(first) == getpgrp() && getpgid(second) == getpgrp());
  outcome("first leads a group", setpgid(first, first));
  truth("it does", getpgid(first) == first);
  outcome("second joins it", setpgid(second, first));
  truth("it did", getpgid(second) == first);
  outcome("second makes its own", setpgid(second, 0));
  truth("it did", getpgid(second) == second);
  outcome("back to ours", setpgid(second, getpgrp()));
  truth("it did", getpgid(second) == getpgrp());
  outcome("a group that is not there", setpgid(second, 0x7ffffff0));
  outcome("a negative group", setpgid(second, -5));
  outcome("a process that is not there", setpgid(0x7ffffff0, 0));
  outcome("one's parent", setpgid(getppid(), 0));
  outcome("signal to first's group", kill(-first, SIGTERM));
  reap("first", first);
  outcome("first's group is gone", kill(-first, 0));
  close(gate[1]);
  reap("second was not in it", second);

  /* kill(0) reaches one's own group, here a child's with two members. */
  int ready[2];
  if (pipe(ready) != 0) return 1;
  pid_t leader = fork();
  if (leader == 0) {
    setpgid(0, 0);
    signal(SIGUSR1, SIG_IGN);
    pid_t member = fork();
    if (member == 0) {
      signal(SIGUSR1, SIG_DFL);
      if (write(ready[1], "!", 1) != 1) _exit(1);
      for (;;) pause_ms(1000);
    }
    char token;
    if (read(ready[0], &token, 1) != 1) _exit(1);
    outcome("signal to one's own group", kill(0, SIGUSR1));
    reap("member", member);
    _exit(0);
  }
  reap("leader ignored it", leader);
  return 0;
}
