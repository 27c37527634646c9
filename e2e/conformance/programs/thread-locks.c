/*
 * Threads take turns by a condition, meet at a barrier, wait with a deadline, and end detached or joined. clone(2), futex(2),
 * pthreads(7).
 */
#include "expect.h"
#include <pthread.h>
#include <semaphore.h>

enum { THREADS = 5, TURNS = 40 };

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static pthread_barrier_t barrier;
static sem_t done;
static int turn, order_kept = 1, serial;
static long sum;

static void *take_turns(void *argument) {
  long me = (long)argument;
  if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD) __atomic_add_fetch(&serial, 1, __ATOMIC_RELAXED);
  for (int i = 0; i < TURNS; i++) {
    pthread_mutex_lock(&mutex);
    while (turn % THREADS != me) pthread_cond_wait(&condition, &mutex);
    if (turn != i * THREADS + (int)me) order_kept = 0;
    turn++;
    sum += me;
    pthread_cond_broadcast(&condition);
    pthread_mutex_unlock(&mutex);
  }
  errno = (int)me;
  struct timespec moment = {0, 1000000};
  nanosleep(&moment, NULL);
  return (void *)(errno == me ? me : -1L);
}

static void *post(void *argument) {
  sem_post(&done);
  return argument;
}

int main(void) {
  pthread_t threads[THREADS];
  pthread_barrier_init(&barrier, NULL, THREADS);
  sem_init(&done, 0, 0);
  for (long i = 0; i < THREADS; i++)
    if (pthread_create(&threads[i], NULL, take_turns, (void *)i) != 0) say("no thread\n");
  for (int i = 0; i < THREADS; i++) {
    void *result;
    int error = pthread_join(threads[i], &result);
    say("joined %d: %s, %ld\n", i, errno_name(error), (long)result);
  }
  say("order kept %d, sum %ld, serial %d\n", order_kept, sum, serial);
  pthread_attr_t detached;
  pthread_attr_init(&detached);
  pthread_attr_setdetachstate(&detached, PTHREAD_CREATE_DETACHED);
  for (int i = 0; i < 30; i++) {
    pthread_t thread;
    if (pthread_create(&thread, &detached, post, NULL) != 0) say("no thread\n");
    sem_wait(&done);
  }
  struct timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_nsec += 10000000;
  if (until.tv_nsec >= 1000000000) until.tv_nsec -= 1000000000, until.tv_sec++;
  pthread_mutex_lock(&mutex);
  int error = pthread_cond_timedwait(&condition, &mutex, &until);
  pthread_mutex_unlock(&mutex);
  say("nobody signals: %s\n", errno_name(error));
  outcome("nobody posts", sem_timedwait(&done, &until));
  pid_t child = fork();
  if (child == 0) {
    pthread_t thread;
    void *result = NULL;
    pthread_create(&thread, NULL, post, "from a child");
    pthread_join(thread, &result);
    say("%s\n", (char *)result);
    _exit(0);
  }
  waitpid(child, NULL, 0);
  say("the main thread ends first\n");
  pthread_exit(NULL);
}
