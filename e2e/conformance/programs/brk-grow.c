/*
 * brk grows zero-filled memory and shrinks; the raw call returns the break it leaves, unchanged when it
 * cannot. brk(2): "C library/kernel differences".
 */
/* native-only: qemu-user keeps the pages that brk gives back mapped */
#include "expect.h"
#include <sys/syscall.h>

static unsigned long set_break(unsigned long to) { return (unsigned long)syscall(SYS_brk, to); }

int main(void) {
  unsigned long start = set_break(0);
  truth("asked twice, the same", set_break(0) == start);
  unsigned long base = (start + PAGE - 1) / PAGE * PAGE;
  truth("to a page end", set_break(base) == base);
  truth("grown by three pages", set_break(base + 3 * PAGE) == base + 3 * PAGE);
  char *heap = (char *)base;
  int zero = 1;
  for (long i = 0; i < 3 * PAGE; i++) zero &= heap[i] == 0;
  truth("zero", zero);
  memset(heap, 'h', 3 * PAGE);
  truth("shrunk by two", set_break(base + PAGE) == base + PAGE);
  truth("the first page stays", heap[0] == 'h' && heap[PAGE - 1] == 'h');
  truth("the others are gone", !readable(heap + PAGE) && !readable(heap + 2 * PAGE));
  truth("grown again", set_break(base + 3 * PAGE) == base + 3 * PAGE);
  truth("and zero again", heap[PAGE] == 0 && heap[3 * PAGE - 1] == 0);
  /* Breaks need not be page aligned; what is mapped is whole pages. */
  truth("an odd break", set_break(base + 3 * PAGE + 10) == base + 3 * PAGE + 10);
  truth("its page is whole", writable(heap + 4 * PAGE - 1));
  truth("and no more", !readable(heap + 4 * PAGE));
  truth("too far changes nothing", set_break((unsigned long)1 << 62) == base + 3 * PAGE + 10);
  truth("below the start changes nothing", set_break(PAGE) == base + 3 * PAGE + 10);
  pid_t child = fork();
  if (child == 0) {
    heap[0] = 'c';
    _exit(set_break(base) == base ? 0 : 1);
  }
  reap("child shrinks its own", child);
  truth("parent's heap is as it was", heap[0] == 'h' && set_break(0) == base + 3 * PAGE + 10);
  return 0;
}
