/* Cancellation of threads: deferred at each kind of cancellation point, asynchronous, disabled; cleanup handlers; named semaphores. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static sem_t started, never;
static int pipe_ends[2];
static volatile int goes_on, handled;

static void say(void *what) { printf("cleanup %s\n", (char *)what); }
static void unlock(void *what) { printf("unlock %d\n", pthread_mutex_unlock(what)); }
static void ready(void) { sem_post(&started); }

static void *sleeper(void *unused) {
  ready();
  sleep(100);
  return unused;
}
static void *reader(void *unused) {
  char byte;
  ready();
  read(pipe_ends[0], &byte, 1);
  return unused;
}
static void *poller(void *unused) {
  ready();
  poll(0, 0, -1);
  return unused;
}
static void *selecting(void *unused) {
  ready();
  select(0, 0, 0, 0, 0);
  return unused;
}
static void *pausing(void *unused) {
  ready();
  pause();
  return unused;
}
static void *suspended(void *unused) {
  sigset_t all;
  sigfillset(&all);
  ready();
  sigsuspend(&all);
  return unused;
}
static void *sigwaiting(void *unused) {
  sigset_t set;
  int got;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR2);
  pthread_sigmask(SIG_BLOCK, &set, 0);
  ready();
  sigwait(&set, &got);
  return unused;
}
static void *waiting(void *unused) {
  pthread_mutex_lock(&mutex);
  pthread_cleanup_push(unlock, &mutex);
  ready();
  for (;;) pthread_cond_wait(&condition, &mutex);
  pthread_cleanup_pop(0);
  return unused;
}
static void *semaphore(void *unused) {
  ready();
  sem_wait(&never);
  return unused;
}
static void *joining(void *other) {
  ready();
  pthread_join(*(pthread_t *)other, 0);
  return 0;
}
static void *testing(void *unused) {
  ready();
  for (;;) pthread_testcancel();
  return unused;
}
static void *spinning(void *unused) {
  int old;
  printf("type %d", pthread_setcanceltype(PTHREAD_CANCEL_ASYNCHRONOUS, &old));
  printf(" was deferred %d\n", old == PTHREAD_CANCEL_DEFERRED);
  ready();
  for (;;) goes_on++;
  return unused;
}
static void *disabled(void *unused) {
  int old;
  pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &old);
  ready();
  while (!goes_on) sched_yield();
  usleep(1000);
  pthread_testcancel();
  printf("still here, was enabled %d\n", old == PTHREAD_CANCEL_ENABLE);
  pthread_cleanup_push(say, "inner");
  pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, 0);
  pthread_testcancel();
  printf("never\n");
  pthread_cleanup_pop(0);
  return unused;
}
static void *nested(void *unused) {
  pthread_cleanup_push(say, "outer");
  pthread_cleanup_push(say, "middle");
  pthread_cleanup_push(say, "popped");
  pthread_cleanup_pop(1);
  ready();
  sleep(100);
  pthread_cleanup_pop(0);
  pthread_cleanup_pop(0);
  return unused;
}
static void *self(void *unused) {
  ready();
  pthread_cancel(pthread_self());
  pthread_testcancel();
  printf("never\n");
  return unused;
}
static void *finished(void *unused) {
  ready();
  return unused;
}
static void on_signal(int number) {
  handled = number;
}
static void *interrupted(void *unused) {
  ready();
  for (;;) pause();
  return unused;
}

static void check(const char *name, void *(*function)(void *), void *argument) {
  pthread_t thread;
  void *result = 0;
  goes_on = 0;
  pthread_create(&thread, 0, function, argument);
  sem_wait(&started);
  usleep(2000);
  if (function == finished) usleep(10000);
  int error = pthread_cancel(thread);
  goes_on = 1;
  pthread_join(thread, &result);
  printf("%s: %d %s\n", name, error, result == PTHREAD_CANCELED ? "cancelled" : "returned");
}

static void destroy(void *value) { printf("destructor %s\n", (char *)value); }
static pthread_key_t key;
static void *with_key(void *value) {
  pthread_setspecific(key, value);
  pthread_cleanup_push(say, "before destructors");
  ready();
  pause();
  pthread_cleanup_pop(0);
  return 0;
}

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int runs;
static void initialise(void) {
  runs++;
  ready();
  if (runs == 1) pause();
}
static void *once_caller(void *unused) {
  pthread_once(&once, initialise);
  return unused;
}

static char order[100];
static void before(void) { strcat(order, " before"); }
static void in_parent(void) { strcat(order, " parent"); }
static void in_child(void) { strcat(order, " child"); }
static void older(void) { strcat(order, " older"); }

static void named(void) {
  char name[40];
  sprintf(name, "/libc-test-%d", getpid());
  sem_t *one = sem_open(name, O_CREAT | O_EXCL, 0600, 2), *two;
  printf("open %d, again %d", one != SEM_FAILED, sem_open(name, O_CREAT | O_EXCL, 0600, 0) == SEM_FAILED);
  printf(" %s\n", strerror(errno));
  two = sem_open(name, 0);
  printf("same %d\n", one == two);
  if (fork() == 0) {
    sem_t *mine = sem_open(name, O_CREAT, 0600, 9);
    sem_wait(mine), sem_wait(mine), sem_post(mine);
    _exit(0);
  }
  wait(0);
  int value;
  sem_getvalue(one, &value);
  printf("value %d close %d unlink %d", value, sem_close(two), sem_unlink(name));
  printf(" again %d", sem_unlink(name));
  printf(" %s\n", strerror(errno));
  printf("works %d close %d\n", sem_trywait(one), sem_close(one));
  printf("missing %d", sem_open(name, 0) == SEM_FAILED);
  printf(" %s\n", strerror(errno));
  printf("bad %d", sem_open("/a/b", O_CREAT, 0600, 1) == SEM_FAILED);
  printf(" %s\n", strerror(errno));
  int fd = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);
  ftruncate(fd, 4096);
  char *at = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (fork() == 0) strcpy(at, "from the child"), _exit(0);
  wait(0);
  printf("shared: %s, cloexec %d unlink %d\n", at, fcntl(fd, F_GETFD), shm_unlink(name));
  printf("gone %d", shm_open(name, O_RDONLY, 0));
  printf(" %s\n", strerror(errno));
}

int main(void) {
  pthread_t other;
  setvbuf(stdout, 0, _IOLBF, 4096);
  sem_init(&started, 0, 0);
  sem_init(&never, 0, 0);
  pipe(pipe_ends);
  check("sleep", sleeper, 0);
  check("read", reader, 0);
  check("poll", poller, 0);
  check("select", selecting, 0);
  check("pause", pausing, 0);
  check("sigsuspend", suspended, 0);
  check("sigwait", sigwaiting, 0);
  check("condition", waiting, 0);
  check("semaphore", semaphore, 0);
  pthread_create(&other, 0, sleeper, 0);
  sem_wait(&started);
  check("join", joining, &other);
  pthread_cancel(other);
  printf("still joinable %d\n", pthread_join(other, 0));
  check("testcancel", testing, 0);
  check("asynchronous", spinning, 0);
  check("disabled", disabled, 0);
  check("nested", nested, 0);
  check("self", self, 0);
  check("finished", finished, 0);
  pthread_key_create(&key, destroy);
  check("key", with_key, "value");
  check("once", once_caller, 0);
  check("once", once_caller, 0);
  printf("runs %d\n", runs);

  signal(SIGUSR1, on_signal);
  pthread_create(&other, 0, interrupted, 0);
  sem_wait(&started);
  pthread_kill(other, SIGUSR1);
  while (!handled) usleep(1000);
  pthread_cancel(other);
  pthread_join(other, 0);
  printf("handled %d\n", handled == SIGUSR1);

  printf("%d %d %d\n", pthread_setcancelstate(9, 0), pthread_setcanceltype(9, 0), SIGRTMIN);
  sigset_t set;
  sigfillset(&set);
  printf("%d %d %d %d\n", sigismember(&set, 31), sigismember(&set, 34), sigismember(&set, 64), sigaction(32, 0, 0));

  pthread_atfork(older, older, 0);
  pthread_atfork(before, in_parent, in_child);
  if (fork() == 0) {
    printf("%s\n", order);
    fflush(stdout);
    _exit(0);
  }
  wait(0);
  printf("%s\n", order);
  named();
  return 0;
}
