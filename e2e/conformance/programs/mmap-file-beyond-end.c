/*
 * The first whole page past the end of a mapped file is SIGBUS with BUS_ADRERR; a file that grows brings
 * the page to life; truncation removes it again. mmap(2): SIGBUS; ftruncate(2).
 */
#include "expect.h"
#include <fcntl.h>
#include <setjmp.h>
#include <sys/mman.h>

static sigjmp_buf back;
static volatile int which, why;
static volatile unsigned long where;

static void caught(int signal, siginfo_t *info, void *context) {
  (void)context;
  which = signal;
  why = info->si_code;
  where = (unsigned long)info->si_addr;
  siglongjmp(back, 1);
}

static void look(const char *what, volatile char *at) {
  if (sigsetjmp(back, 1) == 0)
    say("%s: reads %d\n", what, *at);
  else
    say("%s: %s, code %s, address %s\n", what, signal_name(which), why == BUS_ADRERR ? "BUS_ADRERR" : "other",
        where == (unsigned long)at ? "right" : "wrong");
}

int main(void) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_sigaction = caught;
  action.sa_flags = SA_SIGINFO;
  sigaction(SIGBUS, &action, NULL);
  sigaction(SIGSEGV, &action, NULL);
  int file = open("short", O_RDWR | O_CREAT, 0600);
  make_letters(file, 10);
  char *map = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
  look("last byte", map + 9);
  look("tail of the last page", map + 10);
  look("next page", map + PAGE + 8);
  truth("the kernel says EFAULT", !readable(map + PAGE));
  outcome("grow", ftruncate(file, PAGE + 1));
  look("next page now", map + PAGE + 8);
  look("the page after it", map + 2 * PAGE);
  map[PAGE] = 'm'; /* a private copy, which truncation removes all the same */
  outcome("shrink", ftruncate(file, 5));
  look("copied page", map + PAGE);
  look("first page", map + 4);
  look("zeroed tail", map + 5);
  return 0;
}
