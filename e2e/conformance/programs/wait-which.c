/*
 * wait4 chooses: one child by its id, one of a group, any; the others stay zombies, which can still be
 * signalled. wait(2): pid < -1, -1, 0, > 0; kill(2).
 */
#include "expect.h"

static pid_t start(int status, int own_group) {
  pid_t child = fork();
  if (child == 0) {
    if (own_group) setpgid(0, 0);
    _exit(status);
  }
  return child;
}

int main(void) {
  int status, ready[2];
  char token = 0;
  if (pipe(ready) != 0) return 1;
  pid_t one = start(1, 0);
  close(ready[1]);
  if (read(ready[0], &token, 1) != 0) return 1; /* the first has begun to exit */
  pid_t two = start(2, 0), three = start(3, 0);
  reap("second", two);
  reap("third", three);
  outcome("a zombie can be signalled", kill(one, SIGKILL));
  outcome("and asked for", kill(one, 0));
  reap("first, whose end is its own", one);
  outcome("now it is gone", kill(one, 0));

  if (pipe(ready) != 0) return 1;
  pid_t leader = fork();
  if (leader == 0) {
    setpgid(0, 0);
    if (write(ready[1], &token, 1) != 1) _exit(1);
    _exit(21);
  }
  if (read(ready[0], &token, 1) != 1) return 1;
  pid_t ours = start(22, 0);
  truth("of our group", waitpid(0, &status, 0) == ours);
  fate("it", status);
  outcome("no other of our group", waitpid(0, &status, WNOHANG));
  truth("of its group", waitpid(-leader, &status, 0) == leader);
  fate("it", status);

  /* Any: all of them, once each. */
  pid_t children[5];
  int sum = 0, known = 0;
  for (int i = 0; i < 5; i++) children[i] = start(1 << i, 0);
  for (int i = 0; i < 5; i++) {
    pid_t got = waitpid(-1, &status, 0);
    for (int k = 0; k < 5; k++) known += children[k] == got;
    sum += WEXITSTATUS(status);
  }
  say("any: %d known children, statuses sum to %d\n", known, sum);
  outcome("no more", waitpid(-1, &status, 0));
  return 0;
}
