/*
 * After fork each side writes without the other seeing it, whoever writes first. fork(2): "Memory
 * writes ... performed by one of the processes do not affect the other."
 */
#include "expect.h"
#include <sys/mman.h>

static int to_child[2], to_parent[2];
static char data[2 * PAGE] = "initial";
static char bss[2 * PAGE];

static void give(int *ends) {
  if (write(ends[1], "!", 1) != 1) _exit(99);
}
static void take(int *ends) {
  char token;
  if (read(ends[0], &token, 1) != 1) _exit(98);
}

int main(void) {
  char stack[16] = "stack";
  char *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  char *untouched = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  strcpy(page, "before");
  if (pipe(to_child) != 0 || pipe(to_parent) != 0) return 1;
  pid_t child = fork();
  if (child == 0) {
    say("child inherits: %s %s %s\n", page, data, stack);
    take(to_child);
    say("after the parent wrote: %s %s %s bss '%s'\n", page, data, stack, bss);
    strcpy(page, "child's");
    strcpy(data, "child's data");
    strcpy(stack, "child's stack");
    untouched[0] = 'c';
    give(to_parent);
    take(to_child);
    say("child at the end: %s %s %s %c\n", page, data, stack, untouched[0]);
    _exit(7);
  }
  strcpy(page, "parent's");
  strcpy(data, "parent's data");
  strcpy(stack, "parent's stack");
  strcpy(bss, "filled");
  give(to_child);
  take(to_parent);
  say("after the child wrote: %s %s %s, untouched page %d\n", page, data, stack, untouched[0]);
  strcpy(page, "last");
  untouched[0] = 'p';
  give(to_child);
  reap("child", child);
  say("parent at the end: %s %c\n", page, untouched[0]);
  return 0;
}
