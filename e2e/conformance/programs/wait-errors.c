/*
 * wait4 without children, for somebody else's, with WNOHANG, with odd options. wait(2): ERRORS, WNOHANG.
 */
#include "expect.h"

int main(void) {
  int status = 77, gate[2];
  char token = 0;
  outcome("no children", waitpid(-1, &status, 0));
  outcome("no children, WNOHANG", waitpid(-1, &status, WNOHANG));
  outcome("not a child", waitpid(getpid(), &status, 0));
  outcome("unknown option", waitpid(-1, &status, 0x40));
  number("status untouched", status);

  if (pipe(gate) != 0) return 1;
  pid_t child = fork();
  if (child == 0) {
    close(gate[1]);
    _exit(read(gate[0], &token, 1) == 0 ? 9 : 1);
  }
  close(gate[0]);
  number("still running", waitpid(child, &status, WNOHANG));
  number("any still running", waitpid(-1, &status, WNOHANG));
  number("status untouched", status);
  outcome("its group is ours", waitpid(-getpgrp(), &status, WNOHANG));
  outcome("no such group", waitpid(-child, &status, WNOHANG));
  close(gate[1]);
  truth("ended", waitpid(child, &status, 0) == child);
  fate("child", status);
  outcome("a second time", waitpid(child, &status, 0));

  /* A child reaped without a place for its status. */
  child = fork();
  if (child == 0) _exit(1);
  truth("no status wanted", waitpid(child, NULL, 0) == child);
  /* A bad pointer fails after the child is gone. */
  child = fork();
  if (child == 0) _exit(1);
  outcome("bad pointer", waitpid(child, nowhere(), 0));
  outcome("and it is reaped", waitpid(child, &status, 0));
  return 0;
}
