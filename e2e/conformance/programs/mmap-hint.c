/*
 * An address without MAP_FIXED is a hint: taken where the range is free, moved where it is not,
 * rounded to a page. mmap(2): "If addr is not NULL, then the kernel takes it as a hint".
 */
#include "expect.h"
#include <sys/mman.h>

#define RW (PROT_READ | PROT_WRITE)
#define ANON (MAP_PRIVATE | MAP_ANONYMOUS)

int main(void) {
  /* A range that is known to be free, because it just was ours. */
  char *area = mmap(NULL, 16 * PAGE, RW, ANON, -1, 0);
  munmap(area, 16 * PAGE);

  char *first = mmap(area + 4 * PAGE, 2 * PAGE, RW, ANON, -1, 0);
  truth("free hint taken", first == area + 4 * PAGE);
  strcpy(first, "first");
  char *second = mmap(area + 4 * PAGE, 2 * PAGE, RW, ANON, -1, 0);
  truth("occupied hint moved", second != MAP_FAILED && second != first);
  truth("nothing lost", strcmp(first, "first") == 0);
  char *third = mmap(area + 3 * PAGE, 2 * PAGE, RW, ANON, -1, 0);
  truth("overlapping hint moved", third != area + 3 * PAGE);
  truth("and does not overlap", third + 2 * PAGE <= first || third >= first + 2 * PAGE);
  munmap(second, 2 * PAGE);
  munmap(third, 2 * PAGE);
  char *odd = mmap(area + 8 * PAGE + 5, PAGE, RW, ANON, -1, 0);
  truth("odd hint is rounded to a page", (unsigned long)odd % PAGE == 0);
  truth("and lands beside it", odd == area + 8 * PAGE || odd == area + 9 * PAGE);
  char *high = mmap((void *)((unsigned long)1 << 62), PAGE, RW, ANON, -1, 0);
  truth("impossible hint is no error", high != MAP_FAILED);
  return 0;
}
