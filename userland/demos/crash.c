/* crash: does something forbidden, and the kernel ends it with a signal.

   usage: crash [null|write|jump|stack|illegal|trap|abort] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int deeper(volatile char *above) {
  volatile char here[4096];
  here[0] = *above;
  return above ? deeper(here) + here[0] : 0;
}

static int asked_for(int argc, char **argv, const char *how) {
  return strcmp(argc > 1 ? argv[1] : "null", how) == 0;
}

int main(int argc, char **argv) {
#define IF(how) if (asked_for(argc, argv, how))
  volatile char *null = NULL, *code = (volatile char *)main;
  char here = 0;
  IF("null") here = *null;          /* SIGSEGV: nothing is mapped at 0 */
  IF("write") *code = 1;            /* SIGSEGV: code is read-only */
  IF("stack") return deeper(&here); /* SIGSEGV: the stack has a limit */
  IF("jump") ((void (*)(void))(void *)&here)(); /* SIGSEGV: no code there */
  IF("illegal") __asm__ volatile(".4byte 0xffffffff"); /* SIGILL */
  IF("trap") __asm__ volatile("ebreak");               /* SIGTRAP */
  IF("abort") abort();                                 /* SIGABRT */
  fprintf(stderr, "usage: crash [null|write|jump|stack|illegal|trap|abort]\n");
  return here + 2;
}
