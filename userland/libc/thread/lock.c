/* Futexes (futex(2)), and the lock of three states that Ulrich Drepper's "Futexes Are Tricky" calls mutex2. */
#include <errno.h>
#include <limits.h>
#include <linux/futex.h>
#include <time.h>
#include "../start/syscall.h"
#include "thread.h"

int __threaded, __heap_lock, __threads_lock, __live_threads = 1;
void (*__at_fork)(int when);

int __futex_wait(int *word, int value, const struct timespec *until, int shared) {
  if (until && until->tv_sec < 0) return ETIMEDOUT; /* long ago, and no time to the kernel */
  int operation = FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME | (shared ? 0 : FUTEX_PRIVATE_FLAG);
  long result = __syscall6((long)word, operation, value, (long)until, 0, -1, SYS_futex);
  return result < 0 ? (int)-result : 0;
}

int __futex_wait_cancellable(int *word, int value, const struct timespec *until, int shared) {
  if (until && until->tv_sec < 0) return ETIMEDOUT; /* long ago, and no time to the kernel */
  int operation = FUTEX_WAIT_BITSET | FUTEX_CLOCK_REALTIME | (shared ? 0 : FUTEX_PRIVATE_FLAG);
  long result = __cancellable((long)word, operation, value, (long)until, 0, -1, SYS_futex);
  return result < 0 ? (int)-result : 0;
}

void __futex_wake(int *word, int count, int shared) {
  __syscall3((long)word, FUTEX_WAKE | (shared ? 0 : FUTEX_PRIVATE_FLAG), count, SYS_futex);
}

void __lock(int *word) {
  int expected = 0;
  if (!__threaded || __atomic_compare_exchange_n(word, &expected, 1, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) return;
  while (__atomic_exchange_n(word, 2, __ATOMIC_ACQUIRE) != 0) __futex_wait(word, 2, 0, 0);
}

void __unlock(int *word) {
  if (!__threaded) return;
  if (__atomic_exchange_n(word, 0, __ATOMIC_RELEASE) == 2) __futex_wake(word, 1, 0);
}
