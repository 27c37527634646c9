/* What a thread is inside (see start/thread-pointer.S for where it lies), and the one lock that everything is made of. */
#ifndef THREAD_THREAD_H
#define THREAD_THREAD_H
#include <pthread.h>
#include <stddef.h>

#define KEYS_MAX 128

struct thread {
  /* Written by the kernel at the beginning, 0 and woken at the end (CLONE_CHILD_CLEARTID); in the first thread 0: ask. */
  int tid;
  int state; /* JOINABLE, DETACHED, ENDED */
  void *stack;
  size_t stack_size; /* of the mapping, guard included; 0: not ours to give back */
  void *(*function)(void *);
  void *argument, *result;
  struct __cleanup *cleanups;
  unsigned long unused[(1280 - 8 * KEYS_MAX - 56 - 8) / 8];
  const void *values[KEYS_MAX];
  int error; /* errno: the last eight bytes */
  int padding;
};
_Static_assert(sizeof(struct thread) == 1280, "start/start.S and start/thread-pointer.S have this size, too");
_Static_assert(offsetof(struct thread, error) == 1272, "and this offset");

enum { JOINABLE, DETACHED, ENDED };

struct thread *__self(void);
int __own_tid(void);
_Noreturn void __leave_stack(void *stack, size_t size);

/* Whether there has ever been a second thread: until then no lock is taken. */
extern int __threaded;

/* 0 free, 1 taken, 2 taken and somebody waits. */
void __lock(int *word);
void __unlock(int *word);

/* Sleeps while *word is `value`; 0, or an error number (EAGAIN, EINTR, ETIMEDOUT). `until` is CLOCK_REALTIME, null for ever. */
struct timespec;
int __futex_wait(int *word, int value, const struct timespec *until, int shared);
void __futex_wake(int *word, int count, int shared);
#endif
