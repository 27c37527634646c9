/* semaphore.h: counting semaphores in memory (POSIX); named ones need a shared-memory file system that is not there. */
#ifndef _SEMAPHORE_H
#define _SEMAPHORE_H
#include <bits/struct-timespec.h>
typedef struct {
  int __value, __waiters, __shared, __unused;
} sem_t;
#define SEM_VALUE_MAX 0x7fffffff
int sem_init(sem_t *semaphore, int shared, unsigned value);
int sem_destroy(sem_t *semaphore);
int sem_wait(sem_t *semaphore);
int sem_trywait(sem_t *semaphore);
int sem_timedwait(sem_t *restrict semaphore, const struct timespec *restrict until);
int sem_post(sem_t *semaphore);
int sem_getvalue(sem_t *restrict semaphore, int *restrict value);
#endif
