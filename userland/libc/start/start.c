/* From _start to main: what the kernel left on the stack becomes argc, argv, environ and the auxiliary vector. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <unistd.h>
#include "syscall.h"

char **environ;
char *program_invocation_name = "";
char *program_invocation_short_name = "";
static unsigned long *auxiliary;

int main(int argc, char **argv, char **envp);

/* What is called before main: the linker says where the lists begin and end. */
typedef void (*constructor)(int, char **, char **);
extern const constructor __preinit_array_start[], __preinit_array_end[], __init_array_start[], __init_array_end[];

_Noreturn void __start(long *stack) {
  int argc = (int)stack[0];
  char **argv = (char **)(stack + 1);
  environ = argv + argc + 1;
  char **end = environ;
  while (*end) end++;
  auxiliary = (unsigned long *)(end + 1);
  if (argc > 0) {
    char *name = argv[0];
    program_invocation_name = program_invocation_short_name = name;
    for (; *name; name++)
      if (*name == '/') program_invocation_short_name = name + 1;
  }
  for (const constructor *next = __preinit_array_start; next < __preinit_array_end; next++) (*next)(argc, argv, environ);
  for (const constructor *next = __init_array_start; next < __init_array_end; next++) (*next)(argc, argv, environ);
  exit(main(argc, argv, environ));
}

unsigned long getauxval(unsigned long type) {
  for (unsigned long *entry = auxiliary; entry[0] != AT_NULL; entry += 2)
    if (entry[0] == type) return entry[1];
  errno = ENOENT;
  return 0;
}

long __result(long raw) {
  if (!IS_ERROR(raw)) return raw;
  errno = (int)-raw;
  return -1;
}
