/* Threads: making, ending and waiting for them (pthread_create(3)). A thread's stack is a mapping with a guard page below; at
   its top lies the struct thread. Who joins gives it back; a detached thread gives back its own. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>
#include "../start/syscall.h"
#include "thread.h"

#define PAGE 4096UL
#define LEAST_STACK 2048UL

/* The linker's: what the variables of each thread begin as, and, as addresses, how many bytes they are and their alignment. */
extern const char __tdata_start[], __tdata_end[], __tls_size[], __tls_align[];

pthread_t pthread_self(void) { return __self(); }
int pthread_equal(pthread_t left, pthread_t right) { return left == right; }

/* The linker's: the first thread's description lies before it. */
extern const struct thread __main_thread_end[];

/* The first thread has been told its number by nobody, before it makes another. */
int __own_tid(void) {
  struct thread *self = __self();
  return self->tid ? self->tid : (int)__syscall0(SYS_gettid);
}

/* From now on others may ask for it, wait for its end and have it cancelled. */
static void become_threaded(void) {
  struct thread *self = __self();
  if (!self->tid) self->tid = (int)__syscall1((long)&self->tid, SYS_set_tid_address);
  __threaded = 1;
}

static struct thread *all;

int __take_threads(const struct thread *wanted, unsigned long *mask) {
  static const unsigned long every = ~0UL;
  __syscall4(SIG_BLOCK, (long)&every, (long)mask, sizeof every, SYS_rt_sigprocmask);
  __lock(&__threads_lock);
  struct thread *t = all;
  while (t && t != wanted) t = t->next;
  return t != 0 || wanted + 1 == __main_thread_end;
}

void __leave_threads(unsigned long mask) {
  __unlock(&__threads_lock);
  __syscall4(SIG_SETMASK, (long)&mask, 0, sizeof mask, SYS_rt_sigprocmask);
}

/* Whether it was in the list, where it is no longer. */
static int take_out(struct thread *t) {
  unsigned long mask;
  int is_there = __take_threads(t, &mask);
  struct thread **at = &all;
  while (*at && *at != t) at = &(*at)->next;
  if (*at) *at = t->next;
  __leave_threads(mask);
  return is_there;
}

static int begin(void *argument) {
  struct thread *self = argument;
  __syscall4(SIG_SETMASK, (long)&self->first_mask, 0, sizeof self->first_mask, SYS_rt_sigprocmask);
  pthread_exit(self->function(self->argument));
}

int pthread_create(pthread_t *restrict thread, const pthread_attr_t *restrict attributes, void *(*function)(void *),
                   void *restrict argument) {
  static const pthread_attr_t plain = {DEFAULT_STACK, GUARD, 0, 0, 0, {0}};
  const pthread_attr_t *how = attributes ? attributes : &plain;
  size_t size = (how->__stack_size + PAGE - 1) & ~(PAGE - 1), guard = (how->__guard_size + PAGE - 1) & ~(PAGE - 1);
  char *stack = how->__stack;
  /* Behind its description lie the thread's own variables. */
  size_t own = (size_t)__tls_size, align = (size_t)__tls_align;
  if (stack && how->__stack_size < own + align + sizeof(struct thread) + LEAST_STACK) return EINVAL;
  size_t whole = stack ? 0 : size + guard + ((own + align + PAGE - 1) & ~(PAGE - 1));
  if (!stack) {
    stack = mmap(0, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK | MAP_NORESERVE, -1, 0);
    if (stack == MAP_FAILED) return EAGAIN;
    if (guard) mprotect(stack, guard, PROT_NONE);
  }
  char *top = stack + (whole ? whole : how->__stack_size);
  char *pointer = (char *)(((unsigned long)top - own) & -align);
  struct thread *t = (struct thread *)pointer - 1;
  memset(t, 0, sizeof *t + own);
  memcpy(pointer, __tdata_start, (size_t)(__tdata_end - __tdata_start));
  t->state = how->__detached ? DETACHED : JOINABLE;
  t->stack = stack;
  t->stack_size = whole;
  t->guard_size = whole ? guard : 0;
  t->function = function;
  t->argument = argument;
  become_threaded();
  __atomic_add_fetch(&__live_threads, 1, __ATOMIC_RELAXED);
  /* Signals come to the new thread when it is whole. */
  unsigned long mask;
  __take_threads(0, &mask);
  t->first_mask = mask;
  t->next = all;
  all = t;
  *thread = t;
  int result = clone(begin, t,
                     CLONE_VM | CLONE_FS | CLONE_FILES | CLONE_SIGHAND | CLONE_THREAD | CLONE_SYSVSEM | CLONE_SETTLS |
                         CLONE_PARENT_SETTID | CLONE_CHILD_CLEARTID,
                     t, &t->tid, t + 1, &t->tid);
  int error = errno;
  if (result < 0) all = t->next;
  __leave_threads(mask);
  if (result >= 0) return 0;
  __atomic_sub_fetch(&__live_threads, 1, __ATOMIC_RELAXED);
  if (whole) munmap(stack, whole);
  return error == ENOMEM ? EAGAIN : error;
}

void __run_destructors(struct thread *self);

void pthread_exit(void *result) {
  struct thread *self = __self();
  /* What is done at the end is not cancelled. */
  self->cancel_disabled = 1;
  self->cancel = 0;
  while (self->cleanups) {
    struct __cleanup *cleanup = self->cleanups;
    self->cleanups = cleanup->next;
    cleanup->function(cleanup->argument);
  }
  __run_destructors(self);
  self->result = result;
  if (__atomic_sub_fetch(&__live_threads, 1, __ATOMIC_ACQ_REL) == 0) exit(0);
  if (__atomic_exchange_n(&self->state, ENDED, __ATOMIC_ACQ_REL) == DETACHED && self->stack_size) {
    static const unsigned long every = ~0UL;
    __syscall4(SIG_BLOCK, (long)&every, 0, sizeof every, SYS_rt_sigprocmask);
    take_out(self);
    /* The kernel must not write to a stack that is gone. */
    __syscall1(0, SYS_set_tid_address);
    __leave_stack(self->stack, self->stack_size);
  }
  for (;;) __syscall1(0, SYS_exit);
}

/* Returns when the thread has left its stack for good. */
static int await(struct thread *t, const struct timespec *until) {
  for (int tid; (tid = __atomic_load_n(&t->tid, __ATOMIC_ACQUIRE)) != 0;) {
    int error = __futex_wait_cancellable(&t->tid, tid, until, 1);
    if (error == ETIMEDOUT || error == EINVAL) return error;
  }
  return 0;
}

static int join(pthread_t thread, void **result, const struct timespec *until) {
  unsigned long mask;
  if (thread == __self()) return EDEADLK;
  int is_there = __take_threads(thread, &mask);
  __leave_threads(mask);
  if (!is_there) return ESRCH;
  if (__atomic_load_n(&thread->state, __ATOMIC_ACQUIRE) == DETACHED) return EINVAL;
  int error = await(thread, until);
  if (error) return error;
  if (!take_out(thread)) return ESRCH;
  if (result) *result = thread->result;
  if (thread->stack_size) munmap(thread->stack, thread->stack_size);
  return 0;
}

int pthread_join(pthread_t thread, void **result) { return join(thread, result, 0); }

int pthread_timedjoin_np(pthread_t thread, void **result, const struct timespec *until) {
  if (until && (until->tv_nsec < 0 || until->tv_nsec >= 1000000000)) return EINVAL;
  return join(thread, result, until);
}

int pthread_tryjoin_np(pthread_t thread, void **result) {
  unsigned long mask;
  int error = __take_threads(thread, &mask) ? 0 : ESRCH;
  if (!error && __atomic_load_n(&thread->tid, __ATOMIC_ACQUIRE)) error = EBUSY;
  __leave_threads(mask);
  return error ? error : join(thread, result, 0);
}

int pthread_detach(pthread_t thread) {
  int expected = JOINABLE, error = ESRCH;
  unsigned long mask;
  if (__take_threads(thread, &mask)) {
    __atomic_compare_exchange_n(&thread->state, &expected, DETACHED, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE);
    error = expected == DETACHED ? EINVAL : 0;
  }
  __leave_threads(mask);
  /* One that has ended already is given back now. */
  return !error && expected == ENDED ? pthread_join(thread, 0) : error;
}

int pthread_kill(pthread_t thread, int signal) {
  if (signal >= SIGNAL_CANCEL && signal < SIGRTMIN) return EINVAL;
  if (thread == __self()) return (int)-__syscall3(getpid(), __own_tid(), signal, SYS_tgkill);
  unsigned long mask;
  int error = __take_threads(thread, &mask) ? 0 : ESRCH;
  if (!error && thread->tid) error = (int)-__syscall3(getpid(), thread->tid, signal, SYS_tgkill);
  else if (!error && (signal < 0 || signal > 64)) error = EINVAL;
  __leave_threads(mask);
  return error;
}

int pthread_sigmask(int how, const sigset_t *restrict set, sigset_t *restrict old) {
  int before = errno, result = sigprocmask(how, set, old) < 0 ? errno : 0;
  errno = before;
  return result;
}

void __cleanup_push(struct __cleanup *cleanup) {
  struct thread *self = __self();
  cleanup->next = self->cleanups;
  self->cleanups = cleanup;
}

void __cleanup_pop(struct __cleanup *cleanup, int run) {
  __self()->cleanups = cleanup->next;
  if (run) cleanup->function(cleanup->argument);
}
