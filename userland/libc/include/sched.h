/* sched.h: yielding, and clone(2). */
#ifndef _SCHED_H
#define _SCHED_H
#include <bits/sched.h>
#include <bits/types.h>
int sched_yield(void);
/* Runs function(argument) in a new task on the stack that ends at `stack_end`; its result is the exit status.
   The optional arguments are pid_t *parent_tid, void *tls, pid_t *child_tid. */
int clone(int (*function)(void *), void *stack_end, int flags, void *argument, ...);
#endif
