/* ucontext.h: the machine state that a SA_SIGINFO handler receives. */
#ifndef _UCONTEXT_H
#define _UCONTEXT_H
#include <signal.h>
#endif
