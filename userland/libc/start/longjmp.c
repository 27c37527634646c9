/* The C half of setjmp.S: the signal mask of sigsetjmp. */
#include <setjmp.h>
#include <signal.h>

#define MASK_SAVED 14
#define MASK 15

_Noreturn void __restore(jmp_buf state, int value);

void __save_mask(sigjmp_buf state) {
  sigprocmask(SIG_BLOCK, 0, (sigset_t *)&state[MASK]);
}

void longjmp(jmp_buf state, int value) {
  if (state[MASK_SAVED]) sigprocmask(SIG_SETMASK, (sigset_t *)&state[MASK], 0);
  __restore(state, value);
}

void siglongjmp(sigjmp_buf state, int value) { longjmp(state, value); }
void _longjmp(jmp_buf state, int value) { longjmp(state, value); }
