/*
 * FUTEX_WAIT compares before it sleeps, FUTEX_WAKE says how many it woke; bad words and operations are
 * refused. futex(2): ERRORS.
 */
#include "expect.h"
#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/syscall.h>

static long futex(volatile void *word, int op, unsigned value, const struct timespec *timeout) {
  return syscall(SYS_futex, word, op, value, timeout, NULL, 0);
}

int main(void) {
  static volatile unsigned words[2] = {5, 6};
  struct timespec soon = {0, 20000000}, bad = {0, 1000000000}, negative = {-1, 0};
  number("nobody to wake", futex(words, FUTEX_WAKE, 10, NULL));
  outcome("another value", futex(words, FUTEX_WAIT, 4, NULL));
  outcome("another value, with a timeout", futex(words, FUTEX_WAIT, 4, &soon));
  struct timespec before, after;
  clock_gettime(CLOCK_MONOTONIC, &before);
  outcome("nobody wakes", futex(words, FUTEX_WAIT, 5, &soon));
  clock_gettime(CLOCK_MONOTONIC, &after);
  long passed = (after.tv_sec - before.tv_sec) * 1000000000 + after.tv_nsec - before.tv_nsec;
  truth("not before its time", passed >= 20000000);
  outcome("private, nobody wakes", futex(words, FUTEX_WAIT | FUTEX_PRIVATE_FLAG, 5, &soon));
  outcome("nanoseconds too large", futex(words, FUTEX_WAIT, 5, &bad));
  outcome("negative timeout", futex(words, FUTEX_WAIT, 5, &negative));
  outcome("word not aligned", futex((char *)words + 1, FUTEX_WAIT, 5, &soon));
  outcome("word not aligned, wake", futex((char *)words + 2, FUTEX_WAKE, 1, NULL));
  outcome("word not mapped", futex(nowhere(), FUTEX_WAIT, 5, &soon));
  outcome("timeout not mapped", futex(words, FUTEX_WAIT, 5, nowhere()));
  outcome("unknown operation", futex(words, 99, 5, NULL));
  /* Absolute timeouts with a bit set. */
  struct timespec until;
  clock_gettime(CLOCK_MONOTONIC, &until);
  outcome("already past", syscall(SYS_futex, words, FUTEX_WAIT_BITSET, 5, &until, NULL, 1));
  outcome("no bits", syscall(SYS_futex, words, FUTEX_WAIT_BITSET, 5, &until, NULL, 0));

  /* A wait only reads its word. */
  unsigned *page = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  outcome("read-only word", futex(page, FUTEX_WAIT | FUTEX_PRIVATE_FLAG, 1, NULL));
  return 0;
}
