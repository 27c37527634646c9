/*
 * Processes that map a file each for themselves, at different addresses and offsets, wait for each other at a word of
 * it; the same offset of another file, or a private mapping of this one, is another word. futex(2): shared futexes.
 */
#include "memory.h"
#include <linux/futex.h>
#include <sys/syscall.h>

static long futex(volatile unsigned *word, int op, unsigned value, const struct timespec *timeout) {
  return syscall(SYS_futex, word, op, value, timeout, NULL, 0);
}

static void await(volatile unsigned *word, unsigned value) {
  for (unsigned now; (now = *word) != value;) futex(word, FUTEX_WAIT, now, NULL);
}

static void put(volatile unsigned *word, unsigned value) {
  *word = value;
  futex(word, FUTEX_WAKE, 0x7fffffff, NULL);
}

/* Wakes until somebody was there to be woken. */
static long wake(volatile unsigned *word) {
  for (int i = 0; i < 200; i++) {
    long woken = futex(word, FUTEX_WAKE, 1, NULL);
    if (woken != 0) return woken;
    pause_ms(5);
  }
  return 0;
}

int main(void) {
  struct turns turns;
  make_turns(&turns);
  int file = memory_file(O_RDWR | O_CREAT | O_TRUNC);
  outcome("make it", ftruncate(file, 3 * PAGE));
  close(file);
  pid_t child = fork();
  if (child == 0) {
    /* Its own descriptor, from the second page on, and something before it. */
    int own = memory_file(O_RDWR);
    mmap(NULL, 7 * PAGE, RW, ANON, -1, 0);
    volatile unsigned *word = mmap(NULL, 2 * PAGE, RW, MAP_SHARED, own, PAGE);
    close(own);
    for (unsigned turn = 0; turn < 100; turn++) {
      await(&word[3], 2 * turn + 1);
      word[4] += turn;
      put(&word[3], 2 * turn + 2);
    }
    give_turn(turns.to_parent);
    outcome("child woken", futex(&word[10], FUTEX_WAIT, 0, NULL));
    /* A word of a page that nobody has touched yet. */
    give_turn(turns.to_parent);
    take_turn(turns.to_child);
    outcome("child woken again", futex(&word[PAGE / 4 + 10], FUTEX_WAIT, 0, NULL));
    _exit(0);
  }
  file = memory_file(O_RDWR);
  volatile unsigned *map = map_file(file, 3, RW, MAP_SHARED), *word = map + PAGE / 4;
  for (unsigned turn = 0; turn < 100; turn++) {
    put(&word[3], 2 * turn + 1);
    await(&word[3], 2 * turn + 2);
  }
  say("turns %u, sum %u\n", word[3] / 2, word[4]);

  take_turn(turns.to_parent);
  pause_ms(50); /* now the child waits */
  volatile unsigned *private = map_file(file, 3, RW, MAP_PRIVATE);
  private[PAGE / 4 + 10] = 0; /* a copy: no word of the file any more */
  number("by a private copy", futex(&private[PAGE / 4 + 10], FUTEX_WAKE, 1, NULL));
  number("by the word beside it", futex(&word[11], FUTEX_WAKE, 1, NULL));
  number("by the same place in another page", futex(&map[10], FUTEX_WAKE, 1, NULL));
  number("as a private word", futex(&word[10], FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1, NULL));
  /* A third mapping of the same, only to read. */
  volatile unsigned *reader = map_file(file, 2, PROT_READ, MAP_SHARED);
  long woken = wake(&reader[PAGE / 4 + 10]);
  take_turn(turns.to_parent);
  number("by another mapping", woken);
  give_turn(turns.to_child);
  woken = wake(&map[2 * PAGE / 4 + 10]);
  reap("child", child);
  number("in a page that nobody has touched", woken);

  /* Words of pages that are not there: never touched, behind the end, unmapped. */
  struct timespec soon = {0, 20000000};
  volatile unsigned *fresh = mmap(NULL, 2 * PAGE, RW, ANON, -1, 0);
  outcome("never touched", futex(&fresh[1], FUTEX_WAIT, 0, &soon));
  outcome("never touched, another value", futex(&fresh[PAGE / 4], FUTEX_WAIT, 1, &soon));
  outcome("shrink", ftruncate(file, PAGE));
  outcome("wait behind the end", futex(&word[3], FUTEX_WAIT, 0, &soon));
  munmap((void *)map, 3 * PAGE);
  outcome("wait at what is unmapped", futex(&map[3], FUTEX_WAIT, 0, &soon));
  outcome("wake at what is unmapped", futex(&map[3], FUTEX_WAKE, 1, NULL));
  unlink(memory_file_path);
  return 0;
}
