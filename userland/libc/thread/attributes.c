/* What a thread is to be like (pthread_attr_init(3)). All threads take turns: there is one policy, SCHED_OTHER, and one scope. */
#include <errno.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>
#include "thread.h"

int pthread_attr_init(pthread_attr_t *attributes) {
  *attributes = (pthread_attr_t){DEFAULT_STACK, GUARD, 0, 0, 0, {0}};
  return 0;
}

int pthread_attr_destroy(pthread_attr_t *attributes) {
  (void)attributes;
  return 0;
}

int pthread_attr_setdetachstate(pthread_attr_t *attributes, int state) {
  if (state != PTHREAD_CREATE_JOINABLE && state != PTHREAD_CREATE_DETACHED) return EINVAL;
  attributes->__detached = state;
  return 0;
}

int pthread_attr_getdetachstate(const pthread_attr_t *attributes, int *state) {
  *state = attributes->__detached;
  return 0;
}

int pthread_attr_setstacksize(pthread_attr_t *attributes, size_t size) {
  if (size < PTHREAD_STACK_MIN) return EINVAL;
  attributes->__stack_size = size;
  return 0;
}

int pthread_attr_getstacksize(const pthread_attr_t *restrict attributes, size_t *restrict size) {
  *size = attributes->__stack_size;
  return 0;
}

int pthread_attr_setguardsize(pthread_attr_t *attributes, size_t size) {
  attributes->__guard_size = size;
  return 0;
}

int pthread_attr_getguardsize(const pthread_attr_t *restrict attributes, size_t *restrict size) {
  *size = attributes->__guard_size;
  return 0;
}

int pthread_attr_setstack(pthread_attr_t *attributes, void *stack, size_t size) {
  if (size < PTHREAD_STACK_MIN) return EINVAL;
  attributes->__stack = stack;
  attributes->__stack_size = size;
  return 0;
}

int pthread_attr_getstack(const pthread_attr_t *restrict attributes, void **restrict stack, size_t *restrict size) {
  *stack = attributes->__stack;
  *size = attributes->__stack_size;
  return 0;
}

int pthread_attr_setscope(pthread_attr_t *attributes, int scope) {
  (void)attributes;
  return scope == PTHREAD_SCOPE_SYSTEM ? 0 : scope == PTHREAD_SCOPE_PROCESS ? ENOTSUP : EINVAL;
}

int pthread_attr_getscope(const pthread_attr_t *restrict attributes, int *restrict scope) {
  (void)attributes;
  *scope = PTHREAD_SCOPE_SYSTEM;
  return 0;
}

int pthread_attr_setinheritsched(pthread_attr_t *attributes, int inherits) {
  if (inherits != PTHREAD_INHERIT_SCHED && inherits != PTHREAD_EXPLICIT_SCHED) return EINVAL;
  attributes->__explicit = inherits;
  return 0;
}

int pthread_attr_getinheritsched(const pthread_attr_t *restrict attributes, int *restrict inherits) {
  *inherits = attributes->__explicit;
  return 0;
}

int pthread_attr_setschedpolicy(pthread_attr_t *attributes, int policy) {
  (void)attributes;
  return policy == SCHED_OTHER ? 0 : policy == SCHED_FIFO || policy == SCHED_RR ? ENOTSUP : EINVAL;
}

int pthread_attr_getschedpolicy(const pthread_attr_t *restrict attributes, int *restrict policy) {
  (void)attributes;
  *policy = SCHED_OTHER;
  return 0;
}

int pthread_attr_setschedparam(pthread_attr_t *restrict attributes, const struct sched_param *restrict parameters) {
  (void)attributes;
  return parameters->sched_priority == 0 ? 0 : ENOTSUP;
}

int pthread_attr_getschedparam(const pthread_attr_t *restrict attributes, struct sched_param *restrict parameters) {
  (void)attributes;
  parameters->sched_priority = 0;
  return 0;
}

/* The first thread's stack ends where its environment does, and may grow as far as the limit lets it. */
int pthread_getattr_np(pthread_t thread, pthread_attr_t *attributes) {
  pthread_attr_init(attributes);
  attributes->__detached = thread->state == DETACHED;
  attributes->__guard_size = thread->guard_size;
  if (thread->stack) {
    attributes->__stack = (char *)thread->stack + thread->guard_size;
    attributes->__stack_size = (size_t)((char *)(thread + 1) - (char *)attributes->__stack);
    return 0;
  }
  struct rlimit limit;
  if (getrlimit(RLIMIT_STACK, &limit) < 0) return errno;
  size_t top = ((size_t)environ + 4095) & ~4095UL;
  attributes->__stack_size = limit.rlim_cur == RLIM_INFINITY ? DEFAULT_STACK * 8 : limit.rlim_cur;
  attributes->__stack = (char *)(top - attributes->__stack_size);
  return 0;
}
