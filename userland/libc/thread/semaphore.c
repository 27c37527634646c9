/* Counting semaphores (sem_overview(7)). */
#include <errno.h>
#include <semaphore.h>
#include <time.h>
#include "../start/syscall.h"
#include "thread.h"

static int fail(int error) {
  errno = error;
  return -1;
}

int sem_init(sem_t *semaphore, int shared, unsigned value) {
  if (value > SEM_VALUE_MAX) return fail(EINVAL);
  *semaphore = (sem_t){(int)value, 0, shared, 0};
  return 0;
}

int sem_destroy(sem_t *semaphore) {
  (void)semaphore;
  return 0;
}

/* Whether there was something to take. */
static int take(sem_t *s) {
  int value = __atomic_load_n(&s->__value, __ATOMIC_RELAXED);
  while (value > 0)
    if (__atomic_compare_exchange_n(&s->__value, &value, value - 1, 0, __ATOMIC_ACQUIRE, __ATOMIC_RELAXED)) return 1;
  return 0;
}

int sem_trywait(sem_t *semaphore) { return take(semaphore) ? 0 : fail(EAGAIN); }

static void leave(void *semaphore) { __atomic_sub_fetch(&((sem_t *)semaphore)->__waiters, 1, __ATOMIC_ACQ_REL); }

int sem_timedwait(sem_t *restrict semaphore, const struct timespec *restrict until) {
  if (__self()->cancel) __act_on_cancel();
  while (!take(semaphore)) {
    int error;
    if (until && (until->tv_nsec < 0 || until->tv_nsec >= 1000000000)) return fail(EINVAL);
    __atomic_add_fetch(&semaphore->__waiters, 1, __ATOMIC_ACQ_REL);
    pthread_cleanup_push(leave, semaphore);
    error = __futex_wait_cancellable(&semaphore->__value, 0, until, semaphore->__shared);
    pthread_cleanup_pop(1);
    if (error == ETIMEDOUT || error == EINTR) return fail(error);
  }
  return 0;
}

int sem_wait(sem_t *semaphore) { return sem_timedwait(semaphore, 0); }

int sem_post(sem_t *semaphore) {
  int value = __atomic_load_n(&semaphore->__value, __ATOMIC_RELAXED);
  do
    if (value == SEM_VALUE_MAX) return fail(EOVERFLOW);
  while (!__atomic_compare_exchange_n(&semaphore->__value, &value, value + 1, 0, __ATOMIC_RELEASE, __ATOMIC_RELAXED));
  if (__atomic_load_n(&semaphore->__waiters, __ATOMIC_ACQUIRE) > 0) __futex_wake(&semaphore->__value, 1, semaphore->__shared);
  return 0;
}

int sem_getvalue(sem_t *restrict semaphore, int *restrict value) {
  *value = __atomic_load_n(&semaphore->__value, __ATOMIC_RELAXED);
  return 0;
}
