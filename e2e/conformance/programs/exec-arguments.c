/*
 * execve hands over exactly the arguments and the environment it was given. execve(2).
 */
/* native-only: qemu-user hands execve to the host, which cannot run a riscv64 file by itself */
#include "expect.h"

static void show(const char *what, char **list) {
  int count = 0;
  for (; list[count]; count++) say("%s %d: '%s'\n", what, count, list[count]);
  say("%s: %d, then null\n", what, count);
}

int main(int argc, char **argv, char **envp) {
  if (argc > 1) {
    show("argument", argv);
    show("environment", envp);
    truth("argv ends with null", argv[argc] == NULL);
    truth("environ is envp", environ == envp);
    const char *value = getenv("NAME");
    say("NAME is '%s', %s\n", value ? value : "unset", getenv("NAM") ? "NAM set" : "NAM unset");
    return argc;
  }
  char *self = argv[0];
  char *plain[] = {"program", "one", "", "two words", "\ttab", NULL};
  char *environment[] = {"NAME=value=with=equals", "EMPTY=", "ODD", NULL};
  char *nothing[] = {NULL};
  pid_t child = fork();
  if (child == 0) {
    execve(self, plain, environment);
    outcome("execve", -1);
    _exit(1);
  }
  reap("with everything", child);
  child = fork();
  if (child == 0) {
    char *two[] = {"x", "y", NULL};
    execve(self, two, nothing);
    _exit(1);
  }
  reap("without an environment", child);
  child = fork();
  if (child == 0) {
    /* Many long arguments: 64 of 500 bytes. */
    static char long_ones[64][501];
    char *many[66];
    for (int i = 0; i < 64; i++) {
      memset(long_ones[i], 'a' + i % 26, 500);
      many[i] = long_ones[i];
    }
    many[64] = NULL;
    int quiet[2];
    if (pipe(quiet) != 0 || dup2(quiet[1], 1) != 1) _exit(1);
    execve(self, many, nothing);
    _exit(1);
  }
  reap("64 long arguments", child);
  return 0;
}
