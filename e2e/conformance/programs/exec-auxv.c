/*
 * The auxiliary vector behind the environment on the initial stack. getauxval(3); ELF: AT_*.
 */
#include "expect.h"

static unsigned long *vector;

static unsigned long entry(unsigned long type, int *found) {
  for (unsigned long *at = vector; at[0]; at += 2)
    if (at[0] == type) {
      *found = 1;
      return at[1];
    }
  *found = 0;
  return 0;
}

int main(int argc, char **argv, char **envp) {
  int found;
  truth("has a name", argc == 1 && argv[0][0] != 0);
  truth("argv ends with null", argv[argc] == NULL);
  truth("envp follows argv", envp == argv + argc + 1);
  while (*envp) envp++;
  vector = (unsigned long *)(envp + 1);
  unsigned long page = entry(6, &found);
  say("AT_PAGESZ: %lu\n", page);
  unsigned long headers = entry(3, &found);
  truth("AT_PHDR is in the program", found && readable((void *)headers));
  say("AT_PHENT: %lu\n", entry(4, &found));
  unsigned long count = entry(5, &found);
  truth("AT_PHNUM is sane", found && count >= 1 && count < 32);
  /* One of them is a PT_LOAD that holds the entry point. */
  unsigned long start = entry(9, &found), inside = 0;
  truth("AT_ENTRY", found && start != 0);
  for (unsigned long i = 0; i < count; i++) {
    unsigned long *header = (unsigned long *)(headers + i * 56);
    if ((unsigned)header[0] == 1) inside += header[2] <= start && start < header[2] + header[5];
  }
  number("segments with the entry point", (long)inside);
  unsigned char *random = (unsigned char *)entry(25, &found);
  truth("AT_RANDOM has 16 bytes", found && readable(random) && readable(random + 15));
  say("AT_SECURE: %lu\n", entry(23, &found));
  truth("AT_UID", entry(11, &found) == getuid() && found);
  return 0;
}
