/* setjmp.h: C11 7.13 and POSIX's sigsetjmp. setjmp does not save the signal mask, as on Linux. */
#ifndef _SETJMP_H
#define _SETJMP_H
/* [0..13]: ra, sp, s0..s11; [14]: whether the mask was saved; [15]: the mask. */
typedef unsigned long jmp_buf[16];
typedef unsigned long sigjmp_buf[16];
int setjmp(jmp_buf state) __attribute__((returns_twice));
int _setjmp(jmp_buf state) __attribute__((returns_twice));
int sigsetjmp(sigjmp_buf state, int save_mask) __attribute__((returns_twice));
_Noreturn void longjmp(jmp_buf state, int value);
_Noreturn void _longjmp(jmp_buf state, int value);
_Noreturn void siglongjmp(sigjmp_buf state, int value);
#endif
