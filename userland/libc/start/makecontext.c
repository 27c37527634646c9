/* The C half of context.S: a context that begins a function on a stack of its own (POSIX.1-2001). */
#include <stdarg.h>
#include <stdint.h>
#include <ucontext.h>

/* In assembly; not to be called. */
void __context_ends(void);

void makecontext(ucontext_t *context, void (*function)(void), int count, ...) {
  unsigned long *registers = context->uc_mcontext.__gregs;
  uintptr_t end = (uintptr_t)context->uc_stack.ss_sp + context->uc_stack.ss_size;
  unsigned long *stack = (unsigned long *)(end & -16UL);
  /* The arguments from the ninth on lie at the stack pointer, which is a multiple of 16. */
  if (count > 8) stack -= (count - 8 + 1) & ~1;
  va_list arguments;
  va_start(arguments, count);
  for (int at = 0; at < count; at++)
    *(at < 8 ? &registers[REG_A0 + at] : &stack[at - 8]) = va_arg(arguments, unsigned long);
  va_end(arguments);
  registers[REG_PC] = (unsigned long)function;
  registers[REG_RA] = (unsigned long)__context_ends;
  registers[REG_SP] = (unsigned long)stack;
  registers[REG_S0] = (unsigned long)context->uc_link;
}
