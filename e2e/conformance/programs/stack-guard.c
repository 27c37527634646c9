/*
 * The stack grows no nearer than 256 pages to what is mapped below it, unless that has no rights at all: then up to it.
 * mmap(2): MAP_GROWSDOWN; the kernel's parameter stack_guard_gap.
 */
/* native-only: qemu-user's stack does not grow, it is mapped whole */
#include "memory.h"

static char other_stack[65536];

/* Stores to each page below the stack, downwards, until one fails or `end` is reached. */
static void descend(const char *what, char *end) {
  char *at = (char *)((unsigned long)&at / PAGE * PAGE);
  while (at >= end && strcmp(writes_at(at, 's'), "written") == 0) at -= PAGE;
  if (at < end)
    say("%s: down to it\n", what);
  else
    say("%s: %s, %ld pages above it\n", what, failed_access(at), (at - end) / PAGE);
}

static char *below(long bytes) {
  char here;
  return (char *)(((unsigned long)&here - (unsigned long)bytes) / PAGE * PAGE);
}

int main(void) {
  stack_t other;
  memset(&other, 0, sizeof other);
  other.ss_sp = other_stack;
  other.ss_size = sizeof other_stack;
  sigaltstack(&other, NULL);
  catch_accesses();
  pid_t child = fork();
  if (child == 0) {
    char *wall = mmap(below(3 << 20), PAGE, RW, ANON | MAP_FIXED_NOREPLACE, -1, 0);
    descend("towards a writable page", wall + PAGE);
    _exit(0);
  }
  reap("a writable page", child);
  child = fork();
  if (child == 0) {
    char *wall = mmap(below(3 << 20), PAGE, PROT_READ, ANON | MAP_FIXED_NOREPLACE, -1, 0);
    descend("towards a readable page", wall + PAGE);
    munmap(wall, PAGE);
    descend("when it is gone", wall + PAGE);
    _exit(0);
  }
  reap("a readable page", child);
  child = fork();
  if (child == 0) {
    char *wall = mmap(below(3 << 20), PAGE, PROT_NONE, ANON | MAP_FIXED_NOREPLACE, -1, 0);
    descend("towards a page without rights", wall + PAGE);
    say("the page itself: %s\n", writes_at(wall, 'x'));
    _exit(0);
  }
  reap("a page without rights", child);
  child = fork();
  if (child == 0) {
    /* A hint within the gap is not taken, since the stack may want it: the mapping goes elsewhere. */
    descend("a mebibyte", below(1 << 20));
    char *place = below(1 << 20) - 4 * PAGE;
    char *got = mmap(place, PAGE, RW, ANON, -1, 0);
    truth("a hint within the gap is taken", got == place);
    got = mmap(place - 300 * PAGE, PAGE, RW, ANON, -1, 0);
    truth("a hint below the gap is taken", got == place - 300 * PAGE);
    _exit(0);
  }
  reap("hints", child);
  return 0;
}
