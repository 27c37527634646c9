/* Condition variables (pthread_cond_wait(3)): who waits remembers the sequence number and sleeps while it stays; a signal
   raises it and wakes one, so a signal between unlocking and sleeping is never lost. */
#include <errno.h>
#include <limits.h>
#include <time.h>
#include "thread.h"

struct waiter {
  pthread_cond_t *condition;
  pthread_mutex_t *mutex;
  int depth;
};

/* Behind the wait, and when the thread is cancelled in it: cleanup handlers run with the mutex held. */
static void wake_up(void *argument) {
  struct waiter *w = argument;
  __atomic_sub_fetch(&w->condition->__waiters, 1, __ATOMIC_ACQ_REL);
  pthread_mutex_lock(w->mutex);
  w->mutex->__depth = w->depth;
}

static int wait_on(pthread_cond_t *c, pthread_mutex_t *mutex, const struct timespec *until) {
  struct timespec real;
  if (until && (until->tv_nsec < 0 || until->tv_nsec >= 1000000000)) return EINVAL;
  if (mutex->__kind != PTHREAD_MUTEX_NORMAL && mutex->__owner != __own_tid()) return EPERM;
  if (until && c->__clock == CLOCK_MONOTONIC) {
    /* The futex's clock is the wall's. */
    struct timespec now, wall;
    clock_gettime(CLOCK_MONOTONIC, &now);
    clock_gettime(CLOCK_REALTIME, &wall);
    real.tv_sec = wall.tv_sec + until->tv_sec - now.tv_sec;
    real.tv_nsec = wall.tv_nsec + until->tv_nsec - now.tv_nsec;
    while (real.tv_nsec < 0) real.tv_nsec += 1000000000, real.tv_sec--;
    while (real.tv_nsec >= 1000000000) real.tv_nsec -= 1000000000, real.tv_sec++;
    until = &real;
  }
  struct waiter self = {c, mutex, mutex->__depth};
  int sequence = __atomic_load_n(&c->__sequence, __ATOMIC_ACQUIRE), error;
  __atomic_add_fetch(&c->__waiters, 1, __ATOMIC_ACQ_REL);
  mutex->__depth = 0;
  pthread_mutex_unlock(mutex);
  pthread_cleanup_push(wake_up, &self);
  error = __futex_wait_cancellable(&c->__sequence, sequence, until, c->__shared);
  pthread_cleanup_pop(1);
  return error == ETIMEDOUT ? ETIMEDOUT : 0;
}

int pthread_cond_wait(pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex) { return wait_on(condition, mutex, 0); }

int pthread_cond_timedwait(pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex,
                           const struct timespec *restrict until) {
  return wait_on(condition, mutex, until);
}

static int wake(pthread_cond_t *c, int count) {
  if (__atomic_load_n(&c->__waiters, __ATOMIC_ACQUIRE) == 0) return 0;
  __atomic_add_fetch(&c->__sequence, 1, __ATOMIC_RELEASE);
  __futex_wake(&c->__sequence, count, c->__shared);
  return 0;
}

int pthread_cond_signal(pthread_cond_t *condition) { return wake(condition, 1); }
int pthread_cond_broadcast(pthread_cond_t *condition) { return wake(condition, INT_MAX); }

int pthread_cond_init(pthread_cond_t *restrict condition, const pthread_condattr_t *restrict attributes) {
  *condition = (pthread_cond_t)PTHREAD_COND_INITIALIZER;
  if (attributes) condition->__shared = attributes->__shared, condition->__clock = attributes->__clock;
  return 0;
}

int pthread_cond_destroy(pthread_cond_t *condition) {
  (void)condition;
  return 0;
}

int pthread_condattr_init(pthread_condattr_t *attributes) {
  *attributes = (pthread_condattr_t){0, 0};
  return 0;
}

int pthread_condattr_destroy(pthread_condattr_t *attributes) {
  (void)attributes;
  return 0;
}

int pthread_condattr_setclock(pthread_condattr_t *attributes, clockid_t clock) {
  if (clock != CLOCK_REALTIME && clock != CLOCK_MONOTONIC) return EINVAL;
  attributes->__clock = clock;
  return 0;
}

int pthread_condattr_getclock(const pthread_condattr_t *restrict attributes, clockid_t *restrict clock) {
  *clock = attributes->__clock;
  return 0;
}

int pthread_condattr_setpshared(pthread_condattr_t *attributes, int shared) {
  if (shared != PTHREAD_PROCESS_PRIVATE && shared != PTHREAD_PROCESS_SHARED) return EINVAL;
  attributes->__shared = shared;
  return 0;
}

int pthread_condattr_getpshared(const pthread_condattr_t *restrict attributes, int *restrict shared) {
  *shared = attributes->__shared;
  return 0;
}
