/* sched.h: yielding, policies (the kernel has SCHED_OTHER), processors, and clone(2). */
#ifndef _SCHED_H
#define _SCHED_H
#include <bits/sched.h>
#include <bits/struct-timespec.h>
#include <bits/types.h>
#include <time.h>
struct sched_param {
  int sched_priority;
};
typedef struct {
  unsigned long __bits[16];
} cpu_set_t;
#define CPU_SETSIZE 1024
#define CPU_ZERO(set) ((void)(*(set) = (cpu_set_t){{0}}))
#define CPU_SET(cpu, set) ((void)((set)->__bits[(cpu) / 64] |= 1UL << (cpu) % 64))
#define CPU_CLR(cpu, set) ((void)((set)->__bits[(cpu) / 64] &= ~(1UL << (cpu) % 64)))
#define CPU_ISSET(cpu, set) ((int)((set)->__bits[(cpu) / 64] >> (cpu) % 64 & 1))
#define CPU_COUNT(set) __cpu_count(set)
#define __CPU_COMBINE(to, left, right, by) \
  do { \
    for (unsigned __at = 0; __at < sizeof(cpu_set_t) / sizeof(long); __at++) \
      (to)->__bits[__at] = (left)->__bits[__at] by (right)->__bits[__at]; \
  } while (0)
#define CPU_AND(to, left, right) __CPU_COMBINE(to, left, right, &)
#define CPU_OR(to, left, right) __CPU_COMBINE(to, left, right, |)
#define CPU_XOR(to, left, right) __CPU_COMBINE(to, left, right, ^)
#define CPU_EQUAL(left, right) __cpu_equal(left, right)
int __cpu_count(const cpu_set_t *set);
int __cpu_equal(const cpu_set_t *left, const cpu_set_t *right);
int sched_yield(void);
int sched_get_priority_max(int policy);
int sched_get_priority_min(int policy);
int sched_getscheduler(pid_t pid);
int sched_setscheduler(pid_t pid, int policy, const struct sched_param *parameters);
int sched_getparam(pid_t pid, struct sched_param *parameters);
int sched_setparam(pid_t pid, const struct sched_param *parameters);
int sched_getaffinity(pid_t pid, size_t size, cpu_set_t *set);
int sched_getcpu(void);
/* Runs function(argument) in a new task on the stack that ends at `stack_end`; its result is the exit status.
   The optional arguments are pid_t *parent_tid, void *tls, pid_t *child_tid. */
int clone(int (*function)(void *), void *stack_end, int flags, void *argument, ...);
#endif
