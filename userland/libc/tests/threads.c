/* Threads and what they lock, wait for and keep; everything said is said in an order that the program itself makes. */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static pthread_rwlock_t shared = PTHREAD_RWLOCK_INITIALIZER;
static pthread_barrier_t barrier;
static pthread_spinlock_t spin;
static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static sem_t semaphore;
static long count, serial, spun, destroyed, turns, inits;
static int turn;

static void init(void) { inits++; }
static void destroy(void *value) { __atomic_add_fetch(&destroyed, *(long *)value, __ATOMIC_RELAXED); }

static void *work(void *argument) {
  static long values[4];
  long me = (long)argument;
  values[me] = me;
  pthread_once(&once, init);
  pthread_setspecific(key, &values[me]);
  for (int i = 0; i < 2000; i++) {
    pthread_mutex_lock(&mutex);
    count++;
    pthread_mutex_unlock(&mutex);
    pthread_spin_lock(&spin);
    spun++;
    pthread_spin_unlock(&spin);
    char *block = malloc((size_t)(i % 300) + 1);
    memset(block, (int)me, (size_t)(i % 300) + 1);
    free(block);
  }
  errno = (int)me;
  if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD) __atomic_add_fetch(&serial, 1, __ATOMIC_RELAXED);
  for (int i = 0; i < 20; i++) {
    pthread_mutex_lock(&mutex);
    while (turn != me) pthread_cond_wait(&condition, &mutex);
    turns = turns * 31 % 1000003 + me;
    turn = (turn + 1) % 4;
    pthread_cond_broadcast(&condition);
    pthread_mutex_unlock(&mutex);
  }
  sem_post(&semaphore);
  return (void *)(long)(errno == me && *(long *)pthread_getspecific(key) == me);
}

static void *leave(void *argument) {
  pthread_cleanup_push((void (*)(void *))puts, "cleaned up");
  pthread_exit(argument);
  pthread_cleanup_pop(0);
  return 0;
}

static void *detached(void *argument) {
  (void)argument;
  sem_post(&semaphore);
  return 0;
}

static void *reader(void *argument) {
  (void)argument;
  pthread_rwlock_rdlock(&shared);
  long seen = count;
  pthread_rwlock_unlock(&shared);
  return (void *)seen;
}

static void *tries(void *argument) { return (void *)(long)pthread_mutex_trylock(argument); }

static int c11(void *argument) { return *(int *)argument + 1; }

int main(void) {
  pthread_t threads[4], one;
  void *result;
  pthread_barrier_init(&barrier, 0, 4);
  pthread_spin_init(&spin, PTHREAD_PROCESS_PRIVATE);
  pthread_key_create(&key, destroy);
  sem_init(&semaphore, 0, 0);
  for (long i = 0; i < 4; i++) printf("create %d\n", pthread_create(&threads[i], 0, work, (void *)i));
  for (int i = 0; i < 4; i++) sem_wait(&semaphore);
  for (int i = 0; i < 4; i++) {
    int error = pthread_join(threads[i], &result);
    printf("join %d: own errno and value: %ld\n", error, (long)result);
  }
  printf("%ld %ld, once %ld, serial %ld, destroyed %ld, turns %ld\n", count, spun, inits, serial, destroyed, turns);
  pthread_create(&one, 0, leave, "left");
  pthread_join(one, &result);
  puts(result);

  pthread_attr_t how;
  size_t size;
  pthread_attr_init(&how);
  printf("small stack %s\n", strerror(pthread_attr_setstacksize(&how, 100)));
  pthread_attr_setstacksize(&how, 65536);
  pthread_attr_getstacksize(&how, &size);
  pthread_attr_setdetachstate(&how, PTHREAD_CREATE_DETACHED);
  for (int i = 0; i < 50; i++) {
    if (pthread_create(&one, &how, detached, 0) != 0) puts("cannot create");
    sem_wait(&semaphore);
  }
  printf("detached ones, with %zu\n", size);

  pthread_rwlock_rdlock(&shared);
  printf("two may read %d, none may write %s\n", pthread_rwlock_tryrdlock(&shared), strerror(pthread_rwlock_trywrlock(&shared)));
  pthread_create(&one, 0, reader, 0);
  pthread_join(one, &result);
  printf("a third read %ld\n", (long)result);
  pthread_rwlock_unlock(&shared);
  pthread_rwlock_unlock(&shared);
  pthread_rwlock_wrlock(&shared);
  printf("one may write, and none read %s\n", strerror(pthread_rwlock_tryrdlock(&shared)));
  pthread_create(&one, 0, reader, 0);
  count = 5;
  pthread_rwlock_unlock(&shared);
  pthread_join(one, &result);
  printf("afterwards %ld\n", (long)result);

  pthread_mutexattr_t kind;
  pthread_mutex_t checked, recursive;
  pthread_mutexattr_init(&kind);
  pthread_mutexattr_settype(&kind, PTHREAD_MUTEX_ERRORCHECK);
  pthread_mutex_init(&checked, &kind);
  pthread_mutexattr_settype(&kind, PTHREAD_MUTEX_RECURSIVE);
  pthread_mutex_init(&recursive, &kind);
  printf("unlocked %s\n", strerror(pthread_mutex_unlock(&checked)));
  pthread_mutex_lock(&checked);
  printf("twice %s\n", strerror(pthread_mutex_lock(&checked)));
  printf("recursive %d %d %d\n", pthread_mutex_lock(&recursive), pthread_mutex_lock(&recursive), pthread_mutex_trylock(&recursive));
  pthread_create(&one, 0, tries, &recursive);
  pthread_join(one, &result);
  printf("another %s\n", strerror((int)(long)result));
  for (int i = 0; i < 3; i++) pthread_mutex_unlock(&recursive);
  pthread_create(&one, 0, tries, &recursive);
  pthread_join(one, &result);
  printf("then %ld\n", (long)result);

  struct timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_nsec += 20000000;
  if (until.tv_nsec >= 1000000000) until.tv_nsec -= 1000000000, until.tv_sec++;
  pthread_mutex_lock(&mutex);
  printf("cond %s\n", strerror(pthread_cond_timedwait(&condition, &mutex, &until)));
  printf("mutex %s\n", strerror(pthread_mutex_timedlock(&mutex, &until)));
  pthread_mutex_unlock(&mutex);
  int left = sem_timedwait(&semaphore, &until);
  printf("sem %d %s\n", left, strerror(errno));
  left = sem_trywait(&semaphore);
  printf("sem %d %s\n", left, strerror(errno));
  sem_post(&semaphore);
  sem_getvalue(&semaphore, &left);
  printf("value %d\n", left);
  printf("self %d, join oneself %s\n", pthread_equal(pthread_self(), pthread_self()), strerror(pthread_join(pthread_self(), 0)));
  printf("kill 0: %d, %s\n", pthread_kill(pthread_self(), 0), strerror(pthread_kill(pthread_self(), 100)));

  thrd_t thread;
  mtx_t plain;
  int value = 41;
  printf("c11 %d\n", thrd_create(&thread, c11, &value) == thrd_success);
  thrd_join(thread, &value);
  mtx_init(&plain, mtx_plain);
  printf("%d %d %d\n", value, mtx_lock(&plain) == thrd_success, mtx_trylock(&plain) == thrd_busy);
  fflush(stdout);
  pthread_exit(0);
}
