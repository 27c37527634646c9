/*
 * A process whose parent is gone gets another one, and its end is no longer ours to wait for.
 * getppid(2); wait(2): NOTES.
 */
#include "expect.h"

int main(void) {
  int go[2], news[2], seen[2];
  char token = 0;
  if (pipe(go) != 0 || pipe(news) != 0 || pipe(seen) != 0) return 1;
  pid_t child = fork();
  if (child == 0) {
    pid_t middle = getpid();
    pid_t orphan = fork();
    if (orphan == 0) {
      close(go[1]);
      close(news[0]);
      truth("first parent", getppid() == middle);
      if (write(seen[1], &token, 1) != 1) _exit(1);
      if (read(go[0], &token, 1) != 0) _exit(1);
      truth("another parent now", getppid() != middle);
      truth("which exists", getppid() > 0);
      _exit(0);
    }
    _exit(read(seen[0], &token, 1) == 1 ? 3 : 1);
  }
  close(news[1]);
  reap("child", child);
  outcome("no more children", waitpid(-1, NULL, 0));
  close(go[1]);
  /* End of file here means that the orphan is gone. */
  number("wait for its end", read(news[0], &token, 1));
  outcome("never ours", waitpid(-1, NULL, WNOHANG));
  return 0;
}
