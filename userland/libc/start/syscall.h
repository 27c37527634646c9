/* How the C of this library enters the kernel; the entries are in syscall.S. */
#ifndef START_SYSCALL_H
#define START_SYSCALL_H
#include <bits/syscall.h>

/* Each returns what the kernel put in a0: a result, or a negated error number. */
long __syscall0(long number);
long __syscall1(long a, long number);
long __syscall2(long a, long b, long number);
long __syscall3(long a, long b, long c, long number);
long __syscall4(long a, long b, long c, long d, long number);
long __syscall5(long a, long b, long c, long d, long e, long number);
long __syscall6(long a, long b, long c, long d, long e, long f, long number);

/* The same where a thread may be cancelled: at what POSIX calls cancellation points. */
long __cancellable(long a, long b, long c, long d, long e, long f, long number);
extern void (*__act_on_cancel)(void);

/* Turns a raw result into C's convention: -1 and errno for an error. */
long __result(long raw);

/* The bytes [-4095, -1] of the result space are errors. */
#define IS_ERROR(raw) ((unsigned long)(raw) > -4096UL)

/* What exit() calls last: stdio puts its flush here when it first fills a buffer, so that a program without
   stdio does not carry it. */
extern void (*__flush_at_exit)(void);

#endif
