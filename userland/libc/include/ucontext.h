/* ucontext.h: the machine state that a SA_SIGINFO handler receives, and contexts that a program makes and changes between. */
#ifndef _UCONTEXT_H
#define _UCONTEXT_H
#include <signal.h>
int getcontext(ucontext_t *to);
int setcontext(const ucontext_t *from);
int swapcontext(ucontext_t *restrict to, const ucontext_t *restrict from);
void makecontext(ucontext_t *context, void (*function)(void), int count, ...);
#endif
