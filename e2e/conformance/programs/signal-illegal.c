/*
 * An illegal instruction is SIGILL with ILL_ILLOPC at its address, a breakpoint SIGTRAP with TRAP_BRKPT.
 * sigaction(2); RISC-V unprivileged ISA: all zeros is illegal, ebreak.
 */
/* arch-dependent: the instructions and their signal codes are RISC-V's */
#include "expect.h"
#include <setjmp.h>

static sigjmp_buf back;
static volatile int which, code;
static volatile unsigned long where;

static void handler(int signal, siginfo_t *info, void *context) {
  (void)context;
  which = signal;
  code = info->si_code;
  where = (unsigned long)info->si_addr;
  siglongjmp(back, 1);
}

static void show(const char *what, unsigned long at) {
  say("%s: %s, code %d, address %s\n", what, signal_name(which), code, where == at ? "right" : "wrong");
}

#if defined(__riscv)
#define AT(instruction) \
  __asm__ volatile("la t0, 1f\n sd t0, %0\n 1: " instruction "\n" : "=m"(place) : : "t0", "memory")
#else
#define AT(instruction) __asm__ volatile("ud2" : "=m"(place))
#endif

static volatile unsigned long place;

int main(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = handler;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGILL, &action, NULL);
  sigaction(SIGTRAP, &action, NULL);
  if (sigsetjmp(back, 1) == 0) AT(".2byte 0");
  show("sixteen zeros", place);
  if (sigsetjmp(back, 1) == 0) AT(".4byte 0xffffffff");
  show("thirty-two ones", place);
  if (sigsetjmp(back, 1) == 0) AT(".4byte 0x100022f3"); /* csrr t0, sstatus */
  show("a privileged register", place);
  if (sigsetjmp(back, 1) == 0) AT("sret");
  show("a privileged instruction", place);
  if (sigsetjmp(back, 1) == 0) AT("ebreak");
  show("a breakpoint", place);
  pid_t child = fork();
  if (child == 0) {
    signal(SIGILL, SIG_DFL);
    AT(".2byte 0");
    _exit(0);
  }
  reap("without a handler", child);
  return 0;
}
