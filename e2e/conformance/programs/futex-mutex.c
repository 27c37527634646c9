/*
 * A lock of three states (free, held, held and awaited) in shared memory keeps four processes apart,
 * preempted anywhere. futex(2); U. Drepper, "Futexes Are Tricky", mutex 2.
 */
#include "expect.h"
#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/syscall.h>

struct common {
  unsigned lock;
  unsigned pad[15];
  long counter;
  int inside, most;
};

static void lock(unsigned *word) {
  unsigned seen = 0;
  if (__atomic_compare_exchange_n(word, &seen, 1, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) return;
  if (seen != 2) seen = __atomic_exchange_n(word, 2, __ATOMIC_ACQUIRE);
  while (seen != 0) {
    syscall(SYS_futex, word, FUTEX_WAIT, 2, NULL, NULL, 0);
    seen = __atomic_exchange_n(word, 2, __ATOMIC_ACQUIRE);
  }
}

static void unlock(unsigned *word) {
  if (__atomic_exchange_n(word, 0, __ATOMIC_RELEASE) == 2) syscall(SYS_futex, word, FUTEX_WAKE, 1, NULL, NULL, 0);
}

int main(void) {
  struct common *common = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pid_t children[4];
  for (int c = 0; c < 4; c++) {
    children[c] = fork();
    if (children[c] == 0) {
      for (int i = 0; i < 250; i++) {
        lock(&common->lock);
        if (++common->inside > common->most) common->most = common->inside;
        volatile long value = common->counter;
        for (int spin = 0; spin < 200; spin++) value = value + 1 - 1;
        if (i % 50 == c) pause_ms(1); /* asleep with the lock */
        common->counter = value + 1;
        common->inside--;
        unlock(&common->lock);
      }
      _exit(0);
    }
  }
  for (int c = 0; c < 4; c++) reap("worker", children[c]);
  number("counted", common->counter);
  number("at most inside", common->most);
  number("lock at the end", common->lock);
  return 0;
}
