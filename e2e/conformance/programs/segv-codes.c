/*
 * SIGSEGV says why and where: SEGV_MAPERR where nothing is mapped, SEGV_ACCERR where the protection
 * forbids it, si_addr the very byte. sigaction(2): si_code for SIGSEGV.
 */
#include "expect.h"
#include <setjmp.h>
#include <sys/mman.h>

static sigjmp_buf back;
static volatile unsigned long where;
static volatile int why, which;

static void caught(int signal, siginfo_t *info, void *context) {
  (void)context;
  which = signal;
  why = info->si_code;
  where = (unsigned long)info->si_addr;
  siglongjmp(back, 1);
}

static void touch(const char *what, volatile char *at, int writes) {
  if (sigsetjmp(back, 1) == 0) {
    if (writes)
      *at = 1;
    else
      (void)*at;
    say("%s: no fault\n", what);
    return;
  }
  say("%s: %s %s, address %s\n", what, signal_name(which),
      why == SEGV_MAPERR ? "SEGV_MAPERR" : why == SEGV_ACCERR ? "SEGV_ACCERR" : "other",
      where == (unsigned long)at ? "right" : "wrong");
}

int main(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = caught;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGSEGV, &action, NULL);
  int flags = MAP_PRIVATE | MAP_ANONYMOUS;
  char *area = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, flags, -1, 0);
  mprotect(area + PAGE, PAGE, PROT_READ);
  mprotect(area + 2 * PAGE, PAGE, PROT_NONE);
  munmap(area + 3 * PAGE, PAGE);
  touch("write to a writable page", area, 1);
  touch("read from a read-only page", area + PAGE + 1, 0);
  touch("write to a read-only page", area + PAGE + 123, 1);
  touch("read from PROT_NONE", area + 2 * PAGE + 5, 0);
  touch("write to PROT_NONE", area + 2 * PAGE + PAGE - 1, 1);
  touch("read from a hole", area + 3 * PAGE + 9, 0);
  touch("write to a hole", area + 3 * PAGE, 1);
  touch("read from null", (char *)0, 0);
  touch("write to null's page", (char *)0x18, 1);
  mprotect(area + PAGE, PAGE, PROT_READ | PROT_WRITE);
  touch("write after the right was given", area + PAGE + 123, 1);
  return 0;
}
