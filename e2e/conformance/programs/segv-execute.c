/*
 * Calling a page without PROT_EXEC is SIGSEGV with SEGV_ACCERR at the program counter, calling a hole
 * is SEGV_MAPERR. mmap(2): PROT_EXEC; sigaction(2).
 */
#include "expect.h"
#include <setjmp.h>
#include <sys/mman.h>

static sigjmp_buf back;
static volatile unsigned long where;
static volatile int why;

static void caught(int signal, siginfo_t *info, void *context) {
  (void)signal;
  (void)context;
  why = info->si_code;
  where = (unsigned long)info->si_addr;
  siglongjmp(back, 1);
}

static void call(const char *what, char *at) {
  void (*volatile function)(void);
  memcpy((void *)&function, &at, sizeof at);
  if (sigsetjmp(back, 1) == 0) {
    function();
    say("%s: returned\n", what);
    return;
  }
  say("%s: %s, address %s\n", what, why == SEGV_MAPERR ? "SEGV_MAPERR" : "SEGV_ACCERR",
      where == (unsigned long)at ? "right" : "wrong");
}

int main(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = caught;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGSEGV, &action, NULL);
  char *area = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  area[0] = 1; /* a frame stands behind it, so only the right is missing */
  char *untouched = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  munmap(area + PAGE, PAGE);
  call("a page without PROT_EXEC", area);
  call("a page never touched", untouched);
  call("a hole", area + PAGE);
  call("null", NULL);
  return 0;
}
