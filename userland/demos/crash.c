/* crash: does something forbidden. usage: crash [null|write|jump|illegal|stack|abort|trap] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int deeper(volatile char *above) {
  volatile char here[4096];
  here[0] = *above;
  return above ? deeper(here) + here[0] : 0;
}

int main(int argc, char **argv) {
  const char *how = argc > 1 ? argv[1] : "null";
  volatile char *null = NULL;
  char here = 0;
  if (strcmp(how, "null") == 0) here = *null;                            /* SIGSEGV: nothing is mapped at 0 */
  if (strcmp(how, "write") == 0) *(volatile char *)main = 1;             /* SIGSEGV: code is read-only */
  if (strcmp(how, "jump") == 0) ((void (*)(void))(unsigned long)&here)(); /* SIGSEGV: the stack is not code */
  if (strcmp(how, "illegal") == 0) __asm__ volatile(".4byte 0xffffffff"); /* SIGILL */
  if (strcmp(how, "trap") == 0) __asm__ volatile("ebreak");              /* SIGTRAP */
  if (strcmp(how, "stack") == 0) return deeper(&here);                   /* SIGSEGV: the stack has a limit */
  if (strcmp(how, "abort") == 0) abort();                                /* SIGABRT */
  fprintf(stderr, "usage: crash [null|write|jump|illegal|stack|abort|trap]\n");
  return here + 2;
}
