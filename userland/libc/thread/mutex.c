/* Mutexes (pthread_mutex_lock(3)): the lock of lock.c, with an owner and a depth for the kinds that know them. */
#include <errno.h>
#include "thread.h"

/* The threads of other processes do not look at our __threaded, so a mutex is always really taken. */
static int take(pthread_mutex_t *m, const struct timespec *until) {
  int expected = 0;
  if (__atomic_compare_exchange_n(&m->__word, &expected, 1, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) return 0;
  while (__atomic_exchange_n(&m->__word, 2, __ATOMIC_ACQUIRE) != 0) {
    int error = __futex_wait(&m->__word, 2, until, m->__shared);
    if (error == ETIMEDOUT || error == EINVAL) return error;
  }
  return 0;
}

static int lock(pthread_mutex_t *m, const struct timespec *until) {
  int me = m->__kind == PTHREAD_MUTEX_NORMAL ? 0 : __own_tid();
  if (me && m->__owner == me) {
    if (m->__kind == PTHREAD_MUTEX_ERRORCHECK) return EDEADLK;
    if (m->__depth == 0x7fffffff) return EAGAIN;
    m->__depth++;
    return 0;
  }
  int error = take(m, until);
  if (!error) m->__owner = me;
  return error;
}

int pthread_mutex_lock(pthread_mutex_t *mutex) { return lock(mutex, 0); }

int pthread_mutex_timedlock(pthread_mutex_t *restrict mutex, const struct timespec *restrict until) {
  int error = pthread_mutex_trylock(mutex);
  if (error != EBUSY) return error;
  if (until->tv_nsec < 0 || until->tv_nsec >= 1000000000) return EINVAL;
  return lock(mutex, until);
}

int pthread_mutex_trylock(pthread_mutex_t *mutex) {
  int me = mutex->__kind == PTHREAD_MUTEX_NORMAL ? 0 : __own_tid(), expected = 0;
  if (me && mutex->__owner == me && mutex->__kind == PTHREAD_MUTEX_RECURSIVE) return lock(mutex, 0);
  if (!__atomic_compare_exchange_n(&mutex->__word, &expected, 1, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) return EBUSY;
  mutex->__owner = me;
  return 0;
}

int pthread_mutex_unlock(pthread_mutex_t *mutex) {
  if (mutex->__kind != PTHREAD_MUTEX_NORMAL) {
    if (mutex->__owner != __own_tid()) return EPERM;
    if (mutex->__depth > 0) {
      mutex->__depth--;
      return 0;
    }
    mutex->__owner = 0;
  }
  if (__atomic_exchange_n(&mutex->__word, 0, __ATOMIC_RELEASE) == 2) __futex_wake(&mutex->__word, 1, mutex->__shared);
  return 0;
}

int pthread_mutex_init(pthread_mutex_t *restrict mutex, const pthread_mutexattr_t *restrict attributes) {
  *mutex = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER;
  if (attributes) mutex->__kind = attributes->__kind, mutex->__shared = attributes->__shared;
  return 0;
}

int pthread_mutex_destroy(pthread_mutex_t *mutex) { return mutex->__word ? EBUSY : 0; }

int pthread_mutexattr_init(pthread_mutexattr_t *attributes) {
  *attributes = (pthread_mutexattr_t){0, 0};
  return 0;
}

int pthread_mutexattr_destroy(pthread_mutexattr_t *attributes) {
  (void)attributes;
  return 0;
}

int pthread_mutexattr_settype(pthread_mutexattr_t *attributes, int kind) {
  if (kind < PTHREAD_MUTEX_NORMAL || kind > PTHREAD_MUTEX_ERRORCHECK) return EINVAL;
  attributes->__kind = kind;
  return 0;
}

int pthread_mutexattr_gettype(const pthread_mutexattr_t *restrict attributes, int *restrict kind) {
  *kind = attributes->__kind;
  return 0;
}

int pthread_mutexattr_setpshared(pthread_mutexattr_t *attributes, int shared) {
  if (shared != PTHREAD_PROCESS_PRIVATE && shared != PTHREAD_PROCESS_SHARED) return EINVAL;
  attributes->__shared = shared;
  return 0;
}

int pthread_mutexattr_getpshared(const pthread_mutexattr_t *restrict attributes, int *restrict shared) {
  *shared = attributes->__shared;
  return 0;
}

/* There is one priority, so nothing can be inverted and nothing inherited. */
int pthread_mutexattr_setprotocol(pthread_mutexattr_t *attributes, int protocol) {
  (void)attributes;
  return protocol == PTHREAD_PRIO_NONE                                               ? 0
         : protocol == PTHREAD_PRIO_INHERIT || protocol == PTHREAD_PRIO_PROTECT ? ENOTSUP
                                                                                     : EINVAL;
}

int pthread_mutexattr_getprotocol(const pthread_mutexattr_t *restrict attributes, int *restrict protocol) {
  (void)attributes;
  *protocol = PTHREAD_PRIO_NONE;
  return 0;
}
