/*
 * A break that cannot move stays: a mapping in the way, a limit on data, an address below the heap or beyond all; the
 * raw call returns the break that is in effect. brk(2): "C library/kernel differences"; getrlimit(2): RLIMIT_DATA.
 */
/* native-only: qemu-user keeps a break of its own, which knows no limit */
#include "memory.h"
#include <sys/resource.h>
#include <sys/syscall.h>

static unsigned long set_break(unsigned long to) { return (unsigned long)syscall(SYS_brk, to); }

int main(void) {
  unsigned long start = set_break(0), base = (start + PAGE - 1) / PAGE * PAGE;
  truth("two pages", set_break(base + 2 * PAGE) == base + 2 * PAGE);
  char *heap = (char *)base;
  strcpy(heap, "heap");
  char *wall = mmap((char *)base + 10 * PAGE, PAGE, RW, ANON | MAP_FIXED, -1, 0);
  strcpy(wall, "wall");
  truth("onto the wall", set_break(base + 10 * PAGE + 1) == base + 2 * PAGE);
  truth("far behind it", set_break(base + 100 * PAGE) == base + 2 * PAGE);
  truth("nothing was mapped meanwhile", !readable(heap + 2 * PAGE));
  truth("up to the page before it", set_break(base + 9 * PAGE) == base + 9 * PAGE);
  memset(heap + 2 * PAGE, 'h', 7 * PAGE);
  say("%s %c %s\n", heap, heap[9 * PAGE - 1], wall);
  munmap(wall, PAGE);
  truth("without the wall", set_break(base + 20 * PAGE) == base + 20 * PAGE);

  /* A hole in the heap, and something else in it. */
  munmap(heap + 8 * PAGE, PAGE);
  truth("a hole does not move it", set_break(0) == base + 20 * PAGE);
  truth("it grows behind a hole", set_break(base + 21 * PAGE) == base + 21 * PAGE);
  truth("and shrinks over it", set_break(base + 3 * PAGE) == base + 3 * PAGE);
  say("what is left: %s %c\n", heap, heap[3 * PAGE - 1]);
  truth("grown again", set_break(base + 6 * PAGE) == base + 6 * PAGE);
  truth("zero there", heap[3 * PAGE] == 0 && heap[6 * PAGE - 1] == 0);

  truth("below its start", set_break(PAGE) == base + 6 * PAGE);
  truth("beyond all addresses", set_break(~0UL) == base + 6 * PAGE);
  struct rlimit limit;
  getrlimit(RLIMIT_DATA, &limit);
  limit.rlim_cur = 0;
  outcome("a limit of 0", setrlimit(RLIMIT_DATA, &limit));
  truth("no more", set_break(base + 7 * PAGE) == base + 6 * PAGE);
  truth("nor less", set_break(base + 5 * PAGE) == base + 6 * PAGE);
  say("at the end: %s\n", heap);
  return 0;
}
