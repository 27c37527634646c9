/*
 * A handler with SA_ONSTACK runs on the alternate stack, which is how a program survives the overflow of
 * its own. sigaltstack(2).
 */
#include "expect.h"
#include <setjmp.h>

static char stack[65536];
static volatile int on_it, refused;
static sigjmp_buf back;

static int inside(const volatile void *address) {
  return (const char *)address >= stack && (const char *)address < stack + sizeof stack;
}

static void handler(int signal) {
  volatile char local = (char)signal;
  stack_t now;
  memset(&now, 0, sizeof now);
  on_it = inside(&local);
  sigaltstack(NULL, &now);
  truth("SS_ONSTACK", (now.ss_flags & SS_ONSTACK) != 0);
  refused = sigaltstack(&now, NULL) == -1 && errno == EPERM;
}

static void overflow(int signal) {
  volatile char local = (char)signal;
  on_it = inside(&local);
  siglongjmp(back, 1);
}

static volatile long bottom = -1;
static long endless(long depth) {
  volatile char frame[4096];
  frame[0] = (char)depth;
  return depth == bottom ? 0 : endless(depth + 1) + frame[0];
}

int main(void) {
  struct sigaction action;
  stack_t set, old;
  memset(&set, 0, sizeof set);
  memset(&old, 0, sizeof old);
  set.ss_sp = stack;
  set.ss_size = sizeof stack;
  outcome("set", sigaltstack(&set, &old));
  truth("there was none", old.ss_flags == SS_DISABLE);
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  sigaction(SIGUSR1, &action, NULL);
  action.sa_flags = SA_ONSTACK;
  sigaction(SIGUSR2, &action, NULL);
  raise(SIGUSR2);
  truth("with SA_ONSTACK on it", on_it);
  truth("not to be changed meanwhile", refused);
  sigaltstack(NULL, &old);
  truth("left", old.ss_flags == 0 && old.ss_sp == (void *)stack && old.ss_size == sizeof stack);
  action.sa_handler = overflow;
  sigaction(SIGSEGV, &action, NULL);
  for (int i = 0; i < 2; i++) {
    on_it = 0;
    if (sigsetjmp(back, 1) == 0) number("endless", endless(0));
    truth("overflow handled on it", on_it);
  }
  set.ss_size = 100;
  outcome("too small", sigaltstack(&set, NULL));
  set.ss_flags = 77;
  outcome("unknown flags", sigaltstack(&set, NULL));
  set.ss_flags = SS_DISABLE;
  outcome("disable", sigaltstack(&set, NULL));
  return 0;
}
