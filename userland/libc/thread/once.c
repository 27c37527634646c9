/* What happens once, and what each thread has for itself (pthread_once(3), pthread_key_create(3)); spin locks. */
#include <errno.h>
#include <limits.h>
#include "thread.h"

enum { NOT_YET, RUNNING, DONE };

/* Whoever was cancelled in the function has not run it. */
static void undo(void *once) {
  __atomic_store_n((pthread_once_t *)once, NOT_YET, __ATOMIC_RELEASE);
  __futex_wake(once, INT_MAX, 0);
}

int pthread_once(pthread_once_t *once, void (*function)(void)) {
  for (;;) {
    int state = NOT_YET;
    if (__atomic_compare_exchange_n(once, &state, RUNNING, 0, __ATOMIC_ACQUIRE, __ATOMIC_ACQUIRE)) break;
    if (state == DONE) return 0;
    __futex_wait(once, RUNNING, 0, 0);
  }
  pthread_cleanup_push(undo, once);
  function();
  pthread_cleanup_pop(0);
  __atomic_store_n(once, DONE, __ATOMIC_RELEASE);
  __futex_wake(once, INT_MAX, 0);
  return 0;
}

static int keys_lock;
static struct {
  int is_used;
  void (*destructor)(void *);
} keys[KEYS_MAX];

int pthread_key_create(pthread_key_t *key, void (*destructor)(void *)) {
  int error = EAGAIN;
  __lock(&keys_lock);
  for (unsigned at = 0; at < KEYS_MAX && error; at++)
    if (!keys[at].is_used) {
      keys[at].is_used = 1;
      keys[at].destructor = destructor;
      *key = at;
      error = 0;
    }
  __unlock(&keys_lock);
  if (!error) __self()->values[*key] = 0;
  return error;
}

int pthread_key_delete(pthread_key_t key) {
  if (key >= KEYS_MAX || !keys[key].is_used) return EINVAL;
  keys[key].is_used = 0;
  keys[key].destructor = 0;
  return 0;
}

void *pthread_getspecific(pthread_key_t key) { return key < KEYS_MAX && keys[key].is_used ? (void *)__self()->values[key] : 0; }

int pthread_setspecific(pthread_key_t key, const void *value) {
  if (key >= KEYS_MAX || !keys[key].is_used) return EINVAL;
  __self()->values[key] = value;
  return 0;
}

void __run_destructors(struct thread *self);
void __run_destructors(struct thread *self) {
  int any = 1;
  for (int round = 0; any && round < PTHREAD_DESTRUCTOR_ITERATIONS; round++) {
    any = 0;
    for (unsigned key = 0; key < KEYS_MAX; key++) {
      void *value = (void *)self->values[key];
      if (!value || !keys[key].destructor) continue;
      self->values[key] = 0;
      any = 1;
      keys[key].destructor(value);
    }
  }
}

int pthread_spin_init(pthread_spinlock_t *lock, int shared) {
  (void)shared;
  *lock = 0;
  return 0;
}

int pthread_spin_destroy(pthread_spinlock_t *lock) {
  (void)lock;
  return 0;
}

/* There is one hart: whoever spins only keeps the owner from going on. */
int pthread_spin_lock(pthread_spinlock_t *lock) {
  while (__atomic_exchange_n(lock, 1, __ATOMIC_ACQUIRE)) sched_yield();
  return 0;
}

int pthread_spin_trylock(pthread_spinlock_t *lock) { return __atomic_exchange_n(lock, 1, __ATOMIC_ACQUIRE) ? EBUSY : 0; }

int pthread_spin_unlock(pthread_spinlock_t *lock) {
  __atomic_store_n(lock, 0, __ATOMIC_RELEASE);
  return 0;
}
