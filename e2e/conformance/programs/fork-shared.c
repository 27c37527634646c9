/*
 * MAP_SHARED|MAP_ANONYMOUS is one memory for parent and children, also pages first touched after the
 * fork, also grandchildren's. mmap(2): MAP_SHARED; fork(2).
 */
#include "expect.h"
#include <sys/mman.h>

int main(void) {
  int *shared = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  int *own = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  shared[0] = 1;
  own[0] = 1;
  pid_t child = fork();
  if (child == 0) {
    pid_t grandchild = fork();
    if (grandchild == 0) {
      shared[2 * PAGE / 4] = 33; /* a page nobody touched before */
      shared[0] += 100;
      own[0] += 100;
      _exit(0);
    }
    reap("grandchild", grandchild);
    say("child sees %d %d, own %d\n", shared[0], shared[2 * PAGE / 4], own[0]);
    shared[0] += 10;
    own[0] += 10;
    munmap(shared, 4 * PAGE); /* only this process's view */
    _exit(0);
  }
  reap("child", child);
  say("parent sees %d %d, own %d\n", shared[0], shared[2 * PAGE / 4], own[0]);

  /* A thousand increments each, handed over by turns. */
  shared[PAGE / 4] = 0;
  int ping[2], pong[2];
  char token = 0;
  if (pipe(ping) != 0 || pipe(pong) != 0) return 1;
  child = fork();
  if (child == 0) {
    for (int i = 0; i < 100 && read(ping[0], &token, 1) == 1; i++) {
      shared[PAGE / 4]++;
      if (write(pong[1], &token, 1) != 1) _exit(1);
    }
    _exit(0);
  }
  for (int i = 0; i < 100; i++) {
    shared[PAGE / 4]++;
    if (write(ping[1], &token, 1) != 1 || read(pong[0], &token, 1) != 1) return 1;
  }
  reap("counter", child);
  number("counted together", shared[PAGE / 4]);
  /* The memory is not readable through a second mapping of its own. */
  int *second = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  number("another shared mapping", second[0]);
  return 0;
}
