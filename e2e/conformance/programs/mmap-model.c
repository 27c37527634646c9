/*
 * Four hundred random mmap, munmap and mprotect calls over 24 pages, and after each of them every page is
 * as a plain array says: rights and first byte. mmap(2), munmap(2), mprotect(2).
 */
/* native-only: qemu-user checks the whole range of mprotect before it changes anything */
#include "expect.h"
#include <sys/mman.h>

#define PAGES 24

static unsigned seed = 12345;
static unsigned dice(unsigned sides) {
  seed = seed * 1103515245u + 12345u;
  return (seed >> 16) % sides;
}

static struct {
  int there, prot;
  char byte;
} model[PAGES];

int main(void) {
  static const int prots[] = {PROT_NONE, PROT_READ, PROT_READ | PROT_WRITE};
  char *area = mmap(NULL, PAGES * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  int wrong = 0, done[3] = {0}, holes = 0;
  for (int i = 0; i < PAGES; i++) model[i].there = 1;
  for (int step = 0; step < 400; step++) {
    unsigned from = dice(PAGES), count = 1 + dice(PAGES - from), what = dice(5);
    int prot = prots[dice(3)], hole = 0;
    char *at = area + from * PAGE;
    if (what == 0) {
      wrong += mmap(at, count * PAGE, prot, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != at;
      for (unsigned i = from; i < from + count; i++) model[i].there = 1, model[i].prot = prot, model[i].byte = 0;
      done[0]++;
    } else if (what == 1) {
      wrong += munmap(at, count * PAGE) != 0;
      for (unsigned i = from; i < from + count; i++) model[i].there = 0;
      done[1]++;
    } else {
      for (unsigned i = from; i < from + count && !hole; i++)
        if (model[i].there)
          model[i].prot = prot;
        else
          hole = 1;
      wrong += mprotect(at, count * PAGE, prot) != (hole ? -1 : 0);
      wrong += hole && errno != ENOMEM;
      holes += hole;
      done[2]++;
    }
    for (int i = 0; i < PAGES; i++) {
      int read = model[i].there && model[i].prot != PROT_NONE;
      if (read != readable(area + i * PAGE)) wrong++;
      if (read && area[i * PAGE] != model[i].byte) wrong++;
      if (read && (model[i].prot & PROT_WRITE)) area[i * PAGE] = model[i].byte = (char)dice(256);
    }
  }
  say("mmap %d, munmap %d, mprotect %d of which met a hole %d\n", done[0], done[1], done[2], holes);
  number("differences", wrong);
  return wrong != 0;
}
