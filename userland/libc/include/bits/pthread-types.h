/* The types of pthread.h, which sys/types.h has as well (POSIX). */
#ifndef _BITS_PTHREAD_TYPES_H
#define _BITS_PTHREAD_TYPES_H
#include <stddef.h>
typedef struct thread *pthread_t;
typedef struct {
  size_t __stack_size, __guard_size;
  void *__stack;
  int __detached, __explicit;
  long __unused[2];
} pthread_attr_t;
typedef struct {
  int __word, __kind, __owner, __depth, __shared, __unused;
} pthread_mutex_t;
typedef struct {
  int __kind, __shared;
} pthread_mutexattr_t;
typedef struct {
  int __sequence, __waiters, __shared, __clock;
} pthread_cond_t;
typedef struct {
  int __shared, __clock;
} pthread_condattr_t;
typedef struct {
  int __lock, __readers, __writer, __sequence, __waiting_writers, __shared;
} pthread_rwlock_t;
typedef struct {
  int __shared;
} pthread_rwlockattr_t;
typedef struct {
  int __lock, __count, __waiting, __round, __shared, __unused;
} pthread_barrier_t;
typedef struct {
  int __shared;
} pthread_barrierattr_t;
typedef int pthread_spinlock_t;
typedef int pthread_once_t;
typedef unsigned pthread_key_t;
#endif
