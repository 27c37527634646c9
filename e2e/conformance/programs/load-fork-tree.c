/*
 * A tree of fifteen processes over two mebibytes: each has the bytes that it was born with, writes some of its own, and
 * finds all of them as they should be after its children have done the same. fork(2).
 */
#include "memory.h"

#define PAGES 512
#define LEVELS 3

static char *area;
static unsigned long seeds[PAGES]; /* what each page holds */

/* A third of the pages get bytes that nobody else has. */
static void rewrite(unsigned long who) {
  for (unsigned long i = who % 3; i < PAGES; i += 3) {
    seeds[i] = who << 32 | i;
    fill_words(area + (long)i * PAGE, PAGE, seeds[i]);
  }
}

static int wrong_pages(void) {
  int wrong = 0;
  for (int i = 0; i < PAGES; i++) wrong += wrong_words(area + i * PAGE, PAGE, seeds[i]) != 0;
  return wrong;
}

/* Process `who` has the children 2 who and 2 who + 1. How many pages were wrong in the tree under it, at most 255. */
static int grow(int level, unsigned long who) {
  int wrong = wrong_pages();
  pid_t children[2] = {0, 0};
  rewrite(who);
  for (int i = 0; level < LEVELS && i < 2; i++) {
    children[i] = fork();
    if (children[i] < 0) return 254;
    if (children[i] == 0) _exit(grow(level + 1, 2 * who + (unsigned long)i));
    rewrite(who + 100 * (unsigned long)(i + 1)); /* while the child looks at what was there before */
  }
  wrong += wrong_pages();
  for (int i = 0; i < 2; i++) {
    int status = 0;
    if (children[i] == 0) continue;
    if (waitpid(children[i], &status, 0) != children[i] || !WIFEXITED(status)) return 253;
    wrong += WEXITSTATUS(status);
  }
  wrong += wrong_pages();
  return wrong < 255 ? wrong : 255;
}

int main(void) {
  area = mmap(NULL, PAGES * PAGE, RW, ANON, -1, 0);
  for (int i = 0; i < PAGES; i++) {
    seeds[i] = (unsigned long)i;
    if (i % 4 != 3) fill_words(area + i * PAGE, PAGE, seeds[i]);
  }
  /* A quarter is first touched by a child. */
  pid_t child = fork();
  if (child == 0) {
    for (int i = 3; i < PAGES; i += 4) fill_words(area + i * PAGE, PAGE, seeds[i]);
    _exit(wrong_pages() == 0 ? 0 : 1);
  }
  reap("a child touches the rest", child);
  int zero = 1;
  for (long i = 3; i < PAGES; i += 4) zero &= area[i * PAGE] == 0 && area[i * PAGE + PAGE - 1] == 0;
  truth("which is zero for the parent", zero);
  for (int i = 3; i < PAGES; i += 4) fill_words(area + i * PAGE, PAGE, seeds[i]);
  number("wrong pages in the tree", grow(0, 1));

  /* A line of processes, each the child of the one before, which ends first; the last has what all have written. */
  struct turns turns;
  make_turns(&turns);
  child = fork();
  if (child == 0) {
    for (unsigned long who = 1000; who < 1008; who++) {
      rewrite(who);
      pid_t next = fork();
      if (next != 0) _exit(next < 0);
    }
    char wrong = (char)wrong_pages();
    if (write(turns.to_parent[1], &wrong, 1) != 1) _exit(1);
    _exit(0);
  }
  reap("first of a line", child);
  char wrong = -1;
  number("the last one says", read(turns.to_parent[0], &wrong, 1));
  number("wrong pages", wrong);
  number("the parent's wrong pages", wrong_pages());
  return 0;
}
