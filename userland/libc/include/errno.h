/* errno.h: each thread has an errno of its own. */
#ifndef _ERRNO_H
#define _ERRNO_H
#include <bits/errno.h>
int *__errno_location(void) __attribute__((const));
#ifndef __has_builtin
#define __has_builtin(name) 0
#endif
#if __has_builtin(__builtin_thread_pointer)
/* Where it lies is said in start/thread-pointer.S. */
#define errno (((int *)__builtin_thread_pointer())[-2])
#else
#define errno (*__errno_location())
#endif
extern char *program_invocation_name;
extern char *program_invocation_short_name;
#endif
