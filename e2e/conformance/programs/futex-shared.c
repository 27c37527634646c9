/*
 * Processes wait for each other at a word in shared memory, each at its own address of it; private memory
 * at the same address is another word. futex(2): shared futexes.
 */
#include "expect.h"
#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/syscall.h>

static long futex(volatile unsigned *word, int op, unsigned value, const struct timespec *timeout) {
  return syscall(SYS_futex, word, op, value, timeout, NULL, 0);
}

/* Sleeps until the word holds the value. */
static void await(volatile unsigned *word, unsigned value) {
  for (;;) {
    unsigned now = *word;
    if (now == value) return;
    futex(word, FUTEX_WAIT, now, NULL);
  }
}

static void put(volatile unsigned *word, unsigned value) {
  *word = value;
  futex(word, FUTEX_WAKE, 0x7fffffff, NULL);
}

int main(void) {
  volatile unsigned *shared = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pid_t child = fork();
  if (child == 0) {
    for (unsigned turn = 0; turn < 200; turn++) {
      await(&shared[0], 2 * turn + 1);
      shared[1] += turn;
      put(&shared[0], 2 * turn + 2);
    }
    _exit(0);
  }
  for (unsigned turn = 0; turn < 200; turn++) {
    put(&shared[0], 2 * turn + 1);
    await(&shared[0], 2 * turn + 2);
  }
  reap("child", child);
  say("turns %u, sum %u\n", shared[0] / 2, shared[1]);

  /* Three sleepers; two are woken, then the third. */
  pid_t sleepers[3];
  shared[4] = 0;
  for (int i = 0; i < 3; i++) {
    sleepers[i] = fork();
    if (sleepers[i] == 0) _exit(futex(&shared[4], FUTEX_WAIT, 0, NULL) == 0 ? 0 : 1);
  }
  pause_ms(80);
  number("wake two", futex(&shared[4], FUTEX_WAKE, 2, NULL));
  number("wake more", futex(&shared[4], FUTEX_WAKE, 10, NULL));
  number("wake none", futex(&shared[4], FUTEX_WAKE, 10, NULL));
  for (int i = 0; i < 3; i++) reap("sleeper", sleepers[i]);

  /* After fork a private word is two words. */
  static volatile unsigned own;
  struct timespec soon = {0, 100000000};
  child = fork();
  if (child == 0) {
    outcome("private word, not woken by the parent", futex(&own, FUTEX_WAIT, 0, &soon));
    _exit(0);
  }
  pause_ms(30);
  long woken = futex(&own, FUTEX_WAKE, 10, NULL);
  reap("child", child);
  number("the parent woke", woken);
  return 0;
}
