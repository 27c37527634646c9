/* Ways to end (C11 7.22.4): exit runs atexit's functions in reverse, then destructors, and flushes stdio, _exit does neither. */
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>
#include "../start/syscall.h"

#define AT_EXIT_MAX 32

static void (*at_exit[AT_EXIT_MAX])(void);
static int at_exit_count;
static void (*at_quick[AT_EXIT_MAX])(void);
static int at_quick_count;
void (*__flush_at_exit)(void);

int atexit(void (*function)(void)) {
  if (at_exit_count == AT_EXIT_MAX) return -1;
  at_exit[at_exit_count++] = function;
  return 0;
}

int at_quick_exit(void (*function)(void)) {
  if (at_quick_count == AT_EXIT_MAX) return -1;
  at_quick[at_quick_count++] = function;
  return 0;
}

/* Destructors: the linker says where their list begins and ends. */
extern void (*const __fini_array_start[])(void), (*const __fini_array_end[])(void);

void _exit(int status) {
  for (;;) __syscall1(status, SYS_exit_group);
}

void _Exit(int status) { _exit(status); }

void exit(int status) {
  while (at_exit_count > 0) at_exit[--at_exit_count]();
  for (void (*const *next)(void) = __fini_array_end; next > __fini_array_start;) (*--next)();
  if (__flush_at_exit) __flush_at_exit();
  _exit(status);
}

void quick_exit(int status) {
  while (at_quick_count > 0) at_quick[--at_quick_count]();
  _exit(status);
}

void abort(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGABRT);
  sigprocmask(SIG_UNBLOCK, &set, 0);
  raise(SIGABRT);
  signal(SIGABRT, SIG_DFL); /* a handler returned: abort may not */
  raise(SIGABRT);
  _exit(127);
}
