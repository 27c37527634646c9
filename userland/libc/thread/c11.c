/* C11's threads (7.26) by their POSIX names. */
#include <errno.h>
#include <sched.h>
#include <threads.h>

static int outcome(int error) {
  return error == 0 ? thrd_success : error == ENOMEM || error == EAGAIN ? thrd_nomem : error == EBUSY ? thrd_busy
         : error == ETIMEDOUT ? thrd_timedout : thrd_error;
}

/* An int comes back in the pointer; so both kinds of functions can be called alike on this ABI. */
int thrd_create(thrd_t *thread, thrd_start_t function, void *argument) {
  union {
    thrd_start_t c11;
    void *(*posix)(void *);
  } start = {function};
  return outcome(pthread_create(thread, 0, start.posix, argument));
}

thrd_t thrd_current(void) { return pthread_self(); }
int thrd_equal(thrd_t left, thrd_t right) { return left == right; }
void thrd_yield(void) { sched_yield(); }
void thrd_exit(int result) { pthread_exit((void *)(long)result); }
int thrd_detach(thrd_t thread) { return outcome(pthread_detach(thread)); }

int thrd_sleep(const struct timespec *duration, struct timespec *left) {
  return nanosleep(duration, left) == 0 ? 0 : errno == EINTR ? -1 : -2;
}

int thrd_join(thrd_t thread, int *result) {
  void *value;
  int error = pthread_join(thread, &value);
  if (!error && result) *result = (int)(long)value;
  return outcome(error);
}

int mtx_init(mtx_t *mutex, int kind) {
  pthread_mutexattr_t how = {kind & mtx_recursive ? PTHREAD_MUTEX_RECURSIVE : PTHREAD_MUTEX_NORMAL, 0};
  return outcome(pthread_mutex_init(mutex, &how));
}

int mtx_lock(mtx_t *mutex) { return outcome(pthread_mutex_lock(mutex)); }
int mtx_trylock(mtx_t *mutex) { return outcome(pthread_mutex_trylock(mutex)); }
int mtx_unlock(mtx_t *mutex) { return outcome(pthread_mutex_unlock(mutex)); }
void mtx_destroy(mtx_t *mutex) { pthread_mutex_destroy(mutex); }

int mtx_timedlock(mtx_t *restrict mutex, const struct timespec *restrict until) {
  return outcome(pthread_mutex_timedlock(mutex, until));
}

int cnd_init(cnd_t *condition) { return outcome(pthread_cond_init(condition, 0)); }
int cnd_signal(cnd_t *condition) { return outcome(pthread_cond_signal(condition)); }
int cnd_broadcast(cnd_t *condition) { return outcome(pthread_cond_broadcast(condition)); }
int cnd_wait(cnd_t *condition, mtx_t *mutex) { return outcome(pthread_cond_wait(condition, mutex)); }
void cnd_destroy(cnd_t *condition) { pthread_cond_destroy(condition); }

int cnd_timedwait(cnd_t *restrict condition, mtx_t *restrict mutex, const struct timespec *restrict until) {
  return outcome(pthread_cond_timedwait(condition, mutex, until));
}

int tss_create(tss_t *key, tss_dtor_t destructor) { return outcome(pthread_key_create(key, destructor)); }
void *tss_get(tss_t key) { return pthread_getspecific(key); }
int tss_set(tss_t key, void *value) { return outcome(pthread_setspecific(key, value)); }
void tss_delete(tss_t key) { pthread_key_delete(key); }
void call_once(once_flag *flag, void (*function)(void)) { pthread_once(flag, function); }
