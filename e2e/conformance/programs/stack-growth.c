/*
 * The stack grows by itself as it is touched, far below where it began, and its end is a SIGSEGV, not a
 * hang. mmap(2): MAP_GROWSDOWN; getrlimit(2): RLIMIT_STACK.
 */
#include "expect.h"

static volatile char sink;
static volatile long bottom = -1; /* a depth that is never reached */

/* Each level touches a fresh kilobyte. */
static long descend(int levels) {
  volatile char frame[1024];
  frame[0] = (char)levels;
  frame[1023] = (char)levels;
  long below = levels ? descend(levels - 1) : 0;
  sink = frame[0];
  return below + (frame[1023] == (char)levels);
}

static long endless(long depth) {
  volatile char frame[8192];
  frame[0] = (char)depth;
  long below = depth == bottom ? 0 : endless(depth + 1);
  sink = frame[0];
  return below + 1;
}

int main(void) {
  number("levels that kept their bytes", descend(1023));
  number("once more", descend(1023));
  pid_t child = fork();
  if (child == 0) _exit(descend(1500) == 1501 ? 0 : 1);
  reap("deeper in a child", child);
  child = fork();
  if (child == 0) _exit((int)endless(0));
  reap("without end", child);
  /* The kernel's own writes may touch a part of the stack that nobody touched yet. */
  volatile char big[64 * 1024];
  truth("kernel writes below", writable(big) && big[0] == 'k');
  return 0;
}
