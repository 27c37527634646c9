/* What a thread is inside (see start/thread-pointer.S for where it lies), and the one lock that everything is made of. */
#ifndef THREAD_THREAD_H
#define THREAD_THREAD_H
#include <pthread.h>
#include <stddef.h>

#define KEYS_MAX 128
#define DEFAULT_STACK (1024 * 1024UL)
#define GUARD 4096UL

struct thread {
  /* Written by the kernel at the beginning, 0 and woken at the end (CLONE_CHILD_CLEARTID); in the first thread 0: ask. */
  int tid;
  int state; /* JOINABLE, DETACHED, ENDED */
  void *stack;
  size_t stack_size; /* of the mapping, guard included; 0: not ours to give back */
  void *(*function)(void *);
  void *argument, *result;
  struct __cleanup *cleanups;
  /* Cancellation (cancel.c): another thread wants the end; what this one has set. */
  int is_cancelled, cancel_disabled, cancel_async;
  int unused_word;
  size_t guard_size;
  unsigned long first_mask; /* the signals that are blocked when it begins: those that its maker blocks */
  struct thread *next; /* in the list of those that can be joined or have not ended */
  unsigned long unused[(1280 - 8 * KEYS_MAX - 96 - 8) / 8];
  const void *values[KEYS_MAX];
  int error; /* errno: the last eight bytes */
  int cancel; /* to be acted on at the next cancellation point: start/syscall.S looks here; written by its own thread */
};
_Static_assert(sizeof(struct thread) == 1280, "start/start.S and start/thread-pointer.S have this size, too");
_Static_assert(offsetof(struct thread, error) == 1272, "and this offset");

enum { JOINABLE, DETACHED, ENDED };

struct thread *__self(void);

/* Whether there is such a thread. While the list is taken, it stays; no signal comes then, because its handler may ask as well. */
int __take_threads(const struct thread *wanted, unsigned long *mask);
void __leave_threads(unsigned long mask);

int __own_tid(void);
_Noreturn void __leave_stack(void *stack, size_t size);

/* Whether there has ever been a second thread: until then no lock is taken. */
extern int __threaded;

/* Threads that have not ended. */
extern int __live_threads;

/* What pthread_atfork wants to happen around fork; null: nothing. */
enum { BEFORE_FORK, IN_PARENT, IN_CHILD };
extern void (*__at_fork)(int when);

/* Of malloc, and of the list of threads: fork has to hold them as well. */
extern int __heap_lock, __threads_lock;

/* The signal by which a thread is told that it is cancelled: as in glibc, the first real-time signal, which programs do not see. */
#define SIGNAL_CANCEL 32
/* Of signal sets: the signals below SIGRTMIN that no program may block. */
#define SIGNALS_RESERVED (3UL << (SIGNAL_CANCEL - 1))

/* 0 free, 1 taken, 2 taken and somebody waits. */
void __lock(int *word);
void __unlock(int *word);

/* Sleeps while *word is `value`; 0, or an error number (EAGAIN, EINTR, ETIMEDOUT). `until` is CLOCK_REALTIME, null for ever. */
struct timespec;
int __futex_wait(int *word, int value, const struct timespec *until, int shared);
int __futex_wait_cancellable(int *word, int value, const struct timespec *until, int shared);
void __futex_wake(int *word, int count, int shared);
#endif
