/* Locks that many may read under and one may write under (pthread_rwlock_rdlock(3)); a writer that waits holds new readers
   back, so that it has its turn. And barriers (pthread_barrier_wait(3)). */
#include <errno.h>
#include <limits.h>
#include "thread.h"

static void guard(int *word, int shared) {
  int expected = 0;
  if (__atomic_compare_exchange_n(word, &expected, 1, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) return;
  while (__atomic_exchange_n(word, 2, __ATOMIC_ACQUIRE) != 0) __futex_wait(word, 2, 0, shared);
}

static void unguard(int *word, int shared) {
  if (__atomic_exchange_n(word, 0, __ATOMIC_RELEASE) == 2) __futex_wake(word, 1, shared);
}

static int enter(pthread_rwlock_t *l, int writing, int waits, const struct timespec *until) {
  int error = 0;
  guard(&l->__lock, l->__shared);
  if (l->__writer == __own_tid()) error = waits ? EDEADLK : EBUSY;
  if (writing) l->__waiting_writers++;
  while (!error && (l->__writer || (writing ? l->__readers > 0 : l->__waiting_writers > 0))) {
    if (!waits) {
      error = EBUSY;
      break;
    }
    if (until && (until->tv_nsec < 0 || until->tv_nsec >= 1000000000)) {
      error = EINVAL;
      break;
    }
    int sequence = l->__sequence;
    unguard(&l->__lock, l->__shared);
    int result = __futex_wait(&l->__sequence, sequence, until, l->__shared);
    guard(&l->__lock, l->__shared);
    if (result == ETIMEDOUT) error = ETIMEDOUT;
  }
  /* The readers behind a writer that gives up need not wait for it. */
  int gave_up = writing && --l->__waiting_writers == 0 && error;
  if (gave_up) l->__sequence++;
  if (!error && writing) l->__writer = __own_tid();
  else if (!error) l->__readers++;
  unguard(&l->__lock, l->__shared);
  if (gave_up) __futex_wake(&l->__sequence, INT_MAX, l->__shared);
  return error;
}

int pthread_rwlock_rdlock(pthread_rwlock_t *lock) { return enter(lock, 0, 1, 0); }
int pthread_rwlock_tryrdlock(pthread_rwlock_t *lock) { return enter(lock, 0, 0, 0); }
int pthread_rwlock_wrlock(pthread_rwlock_t *lock) { return enter(lock, 1, 1, 0); }
int pthread_rwlock_trywrlock(pthread_rwlock_t *lock) { return enter(lock, 1, 0, 0); }

int pthread_rwlock_timedrdlock(pthread_rwlock_t *restrict lock, const struct timespec *restrict until) {
  return enter(lock, 0, 1, until);
}

int pthread_rwlock_timedwrlock(pthread_rwlock_t *restrict lock, const struct timespec *restrict until) {
  return enter(lock, 1, 1, until);
}

int pthread_rwlock_unlock(pthread_rwlock_t *lock) {
  guard(&lock->__lock, lock->__shared);
  if (lock->__writer) lock->__writer = 0;
  else if (lock->__readers > 0) lock->__readers--;
  int is_free = lock->__readers == 0;
  if (is_free) lock->__sequence++;
  unguard(&lock->__lock, lock->__shared);
  if (is_free) __futex_wake(&lock->__sequence, INT_MAX, lock->__shared);
  return 0;
}

int pthread_rwlock_init(pthread_rwlock_t *restrict lock, const pthread_rwlockattr_t *restrict attributes) {
  *lock = (pthread_rwlock_t)PTHREAD_RWLOCK_INITIALIZER;
  if (attributes) lock->__shared = attributes->__shared;
  return 0;
}

int pthread_rwlock_destroy(pthread_rwlock_t *lock) {
  (void)lock;
  return 0;
}

int pthread_barrier_init(pthread_barrier_t *restrict barrier, const pthread_barrierattr_t *restrict attributes, unsigned count) {
  if (count == 0 || count > INT_MAX) return EINVAL;
  *barrier = (pthread_barrier_t){0, (int)count, 0, 0, attributes ? attributes->__shared : 0, 0};
  return 0;
}

int pthread_barrier_destroy(pthread_barrier_t *barrier) { return barrier->__waiting ? EBUSY : 0; }

int pthread_barrier_wait(pthread_barrier_t *barrier) {
  guard(&barrier->__lock, barrier->__shared);
  int round = barrier->__round, is_last = ++barrier->__waiting == barrier->__count;
  if (is_last) barrier->__waiting = 0, barrier->__round++;
  unguard(&barrier->__lock, barrier->__shared);
  if (is_last) {
    __futex_wake(&barrier->__round, INT_MAX, barrier->__shared);
    return PTHREAD_BARRIER_SERIAL_THREAD;
  }
  while (__atomic_load_n(&barrier->__round, __ATOMIC_ACQUIRE) == round) __futex_wait(&barrier->__round, round, 0, barrier->__shared);
  return 0;
}

int pthread_rwlockattr_init(pthread_rwlockattr_t *attributes) {
  attributes->__shared = PTHREAD_PROCESS_PRIVATE;
  return 0;
}

int pthread_rwlockattr_destroy(pthread_rwlockattr_t *attributes) {
  (void)attributes;
  return 0;
}

int pthread_rwlockattr_setpshared(pthread_rwlockattr_t *attributes, int shared) {
  if (shared != PTHREAD_PROCESS_PRIVATE && shared != PTHREAD_PROCESS_SHARED) return EINVAL;
  attributes->__shared = shared;
  return 0;
}

int pthread_rwlockattr_getpshared(const pthread_rwlockattr_t *restrict attributes, int *restrict shared) {
  *shared = attributes->__shared;
  return 0;
}

int pthread_barrierattr_init(pthread_barrierattr_t *attributes) {
  attributes->__shared = PTHREAD_PROCESS_PRIVATE;
  return 0;
}

int pthread_barrierattr_destroy(pthread_barrierattr_t *attributes) {
  (void)attributes;
  return 0;
}

int pthread_barrierattr_setpshared(pthread_barrierattr_t *attributes, int shared) {
  if (shared != PTHREAD_PROCESS_PRIVATE && shared != PTHREAD_PROCESS_SHARED) return EINVAL;
  attributes->__shared = shared;
  return 0;
}

int pthread_barrierattr_getpshared(const pthread_barrierattr_t *restrict attributes, int *restrict shared) {
  *shared = attributes->__shared;
  return 0;
}
