/*
 * A handler that changes the saved program counter decides where the program goes on; the other registers
 * come back as they were. sigreturn(2); the layout of ucontext_t's machine context.
 */
#include "expect.h"
#include <ucontext.h>

#if defined(__riscv)
#define SAVED_PC(context) ((unsigned long *)(context))[22] /* flags, link, stack, mask: 176 bytes */
#define STORE_TO(address) \
  __asm__ volatile("la t0, 1f\n sd t0, %0\n sb zero, (%1)\n 1:" : "=m"(resume) : "r"(address) : "t0", "memory")
#else
#define SAVED_PC(context) ((unsigned long *)(context))[21] /* 40 bytes, then r8 .. rip */
#define STORE_TO(address) \
  __asm__ volatile("lea 1f(%%rip), %%rax\n mov %%rax, %0\n movb $0, (%1)\n 1:" : "=m"(resume) : "r"(address) : "rax", "memory")
#endif

static volatile unsigned long resume;
static volatile int faults;

static void handler(int signal, siginfo_t *info, void *context) {
  (void)signal;
  (void)info;
  faults++;
  SAVED_PC(context) = resume;
}

int main(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = handler;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGSEGV, &action, NULL);
  long kept[4] = {11, 22, 33, 44};
  for (int i = 0; i < 1000; i++) {
    STORE_TO(nowhere());
    kept[i % 4] += i;
  }
  number("stores skipped", faults);
  say("locals kept: %ld %ld %ld %ld\n", kept[0], kept[1], kept[2], kept[3]);
  return 0;
}
