/* semaphore.h: counting semaphores, in memory and by names (POSIX). */
#ifndef _SEMAPHORE_H
#define _SEMAPHORE_H
#include <bits/struct-timespec.h>
#include <bits/types.h>
#include <fcntl.h>
typedef struct {
  int __value, __waiters, __shared, __unused;
} sem_t;
#define SEM_VALUE_MAX 0x7fffffff
#define SEM_FAILED ((sem_t *)0)
int sem_init(sem_t *semaphore, int shared, unsigned value);
int sem_destroy(sem_t *semaphore);
/* With O_CREAT, mode_t mode and unsigned value follow. */
sem_t *sem_open(const char *name, int flags, ...);
int sem_close(sem_t *semaphore);
int sem_unlink(const char *name);
int sem_wait(sem_t *semaphore);
int sem_trywait(sem_t *semaphore);
int sem_timedwait(sem_t *restrict semaphore, const struct timespec *restrict until);
int sem_post(sem_t *semaphore);
int sem_getvalue(sem_t *restrict semaphore, int *restrict value);
#endif
