/*
 * Shared anonymous memory stays one memory when a process moves, shrinks or unmaps its view of it; growing a view
 * shows nothing more, because the memory is as large as it was made. mremap(2); mmap(2): MAP_SHARED.
 */
#include "memory.h"

int main(void) {
  catch_accesses();
  struct turns turns;
  make_turns(&turns);
  char *shared = mmap(NULL, 6 * PAGE, RW, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  for (int i = 0; i < 6; i++) shared[i * PAGE] = (char)('a' + i);
  pid_t child = fork();
  if (child == 0) {
    /* Two pages in the middle move; what is left stays where it was. */
    char *room = mmap(NULL, 4 * PAGE, PROT_NONE, ANON, -1, 0);
    char *moved = mremap(shared + 2 * PAGE, 2 * PAGE, 2 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, room);
    truth("moved to where it should", moved == room);
    say("moved pages: %c %c\n", moved[0], moved[PAGE]);
    truth("nothing where they were", !readable(shared + 2 * PAGE) && !readable(shared + 3 * PAGE));
    say("the others: %c %c %c\n", shared[PAGE], shared[4 * PAGE], shared[5 * PAGE]);
    moved[1] = 'C';
    shared[5 * PAGE + 1] = 'F';
    give_turn(turns.to_parent);
    take_turn(turns.to_child);
    say("child sees the parent's writes: %c %c\n", moved[2], moved[PAGE + 1]);
    char *larger = mremap(moved, 2 * PAGE, 3 * PAGE, MREMAP_MAYMOVE);
    outcome("grown", (long)larger);
    say("the page behind is the next one of the memory: %s\n", reads_at(larger + 2 * PAGE));
    larger = mremap(larger, 3 * PAGE, 5 * PAGE, MREMAP_MAYMOVE);
    outcome("grown beyond the memory's end", (long)larger);
    say("its last page: %s\n", reads_at(larger + 3 * PAGE));
    say("beyond the end: %s\n", reads_at(larger + 4 * PAGE));
    say("store beyond the end: %s\n", writes_at(larger + 4 * PAGE, 'x'));
    truth("the kernel says EFAULT", !readable(larger + 4 * PAGE));
    larger = mremap(larger, 5 * PAGE, PAGE, 0);
    outcome("shrunk", (long)larger);
    say("what is left: %c%c\n", larger[0], larger[1]);
    truth("and no more", !readable(larger + PAGE));
    larger[3] = 'z';
    outcome("unmapped", munmap(shared, 6 * PAGE));
    give_turn(turns.to_parent);
    take_turn(turns.to_child);
    say("child at the end: %c\n", larger[4]);
    _exit(0);
  }
  take_turn(turns.to_parent);
  say("parent sees the child's writes: %c %c\n", shared[2 * PAGE + 1], shared[5 * PAGE + 1]);
  shared[2 * PAGE + 2] = 'P';
  shared[3 * PAGE + 1] = 'Q';
  give_turn(turns.to_child);
  take_turn(turns.to_parent);
  say("after the child's munmap: %c%c%c%c %c\n", shared[2 * PAGE], shared[2 * PAGE + 1], shared[2 * PAGE + 2],
      shared[2 * PAGE + 3], shared[5 * PAGE]);
  shared[2 * PAGE + 4] = 'e';
  /* The parent's view goes; a new mapping at its place is other memory. */
  outcome("parent unmaps", munmap(shared, 6 * PAGE));
  char *other = mmap(shared, 6 * PAGE, RW, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  say("new memory: %d\n", other[2 * PAGE + 4]);
  give_turn(turns.to_child);
  reap("child", child);
  return 0;
}
