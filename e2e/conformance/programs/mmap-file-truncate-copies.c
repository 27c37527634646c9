/*
 * Truncation takes the pages behind the new end out of every mapping, private copies too, in all processes; a file
 * that grows again shows zeros there, while copies before the end stay as they are. ftruncate(2); mmap(2): MAP_PRIVATE.
 */
#include "memory.h"

int main(void) {
  catch_accesses();
  struct turns turns;
  make_turns(&turns);
  int file = memory_file(O_RDWR | O_CREAT | O_TRUNC);
  make_letters(file, 4 * PAGE);
  char *map = map_file(file, 4, RW, MAP_PRIVATE);
  map[10] = 'C';            /* a copy that stays */
  map[PAGE + 200] = 'C';    /* of the page that the end will be in */
  map[2 * PAGE + 10] = 'C'; /* and one that goes */
  pid_t child = fork();
  if (child == 0) {
    map[2 * PAGE + 11] = 'D'; /* the child's own copy of the copy */
    map[3 * PAGE + 10] = 'D';
    give_turn(turns.to_parent);
    take_turn(turns.to_child);
    say("child: %s", reads_at(map + 10));
    say(" %s", reads_at(map + PAGE + 200));
    say(" %s\n", reads_at(map + PAGE));
    say("child's copies behind the end: %s", reads_at(map + 2 * PAGE + 11));
    say(", %s\n", reads_at(map + 3 * PAGE + 10));
    say("store there: %s\n", writes_at(map + 2 * PAGE, 'x'));
    give_turn(turns.to_parent);
    take_turn(turns.to_child);
    say("child, grown again: %s", reads_at(map + 2 * PAGE + 10));
    say(" %s", reads_at(map + 2 * PAGE + 11));
    say(" %s\n", reads_at(map + 3 * PAGE + 10));
    map[2 * PAGE] = 'E';
    char byte;
    number("read", pread(file, &byte, 1, 2 * PAGE));
    say("the file has %d, the child's new copy %c\n", byte, map[2 * PAGE]);
    _exit(0);
  }
  take_turn(turns.to_parent);
  say("parent before: %c %c\n", map[2 * PAGE + 10], map[2 * PAGE + 11]);
  outcome("shrink", ftruncate(file, PAGE + 100));
  say("parent: copy before the end %s", reads_at(map + 10));
  say(", copy around the end %s", reads_at(map + PAGE + 200));
  say(", copy behind the end %s\n", reads_at(map + 2 * PAGE + 10));
  truth("the kernel says EFAULT", !readable(map + 2 * PAGE) && !writable(map + 3 * PAGE));
  give_turn(turns.to_child);
  take_turn(turns.to_parent);
  outcome("grow", ftruncate(file, 4 * PAGE));
  say("parent, grown again: %s", reads_at(map + 10));
  say(" %s", reads_at(map + PAGE + 200));
  say(" %s", reads_at(map + 2 * PAGE + 10));
  say(" %s\n", reads_at(map + 3 * PAGE));
  number("write", pwrite(file, "w", 1, 3 * PAGE));
  say("a page that was no copy shows it: %s\n", reads_at(map + 3 * PAGE));
  give_turn(turns.to_child);
  reap("child", child);
  unlink(memory_file_path);
  return 0;
}
