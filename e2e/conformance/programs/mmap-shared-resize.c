/*
 * A shared mapping may be longer than its file: whole pages behind the end are SIGBUS for the program and EFAULT for
 * the kernel, become accessible when the file grows, and are SIGBUS again when it shrinks. mmap(2): SIGBUS; ftruncate(2).
 */
#include "memory.h"

static char *map;

static void show(const char *what) {
  say("%s:", what);
  for (int i = 0; i < 4; i++) say(" %s%s", reads_at(map + i * PAGE), i < 3 ? "," : "\n");
}

int main(void) {
  catch_accesses();
  int file = memory_file(O_RDWR | O_CREAT | O_TRUNC);
  make_letters(file, 2 * PAGE);
  map = map_file(file, 4, RW, MAP_SHARED);
  show("two pages of four");
  say("store behind the end: %s\n", writes_at(map + 2 * PAGE + 5, 'x'));
  truth("the kernel says EFAULT", !readable(map + 2 * PAGE) && !writable(map + 3 * PAGE));

  outcome("grow by a byte", ftruncate(file, 2 * PAGE + 1));
  show("grown");
  map[2 * PAGE] = 'c';
  map[2 * PAGE + 1] = '!'; /* in the tail */
  outcome("grow by two pages", ftruncate(file, 4 * PAGE));
  map[3 * PAGE] = 'd';
  show("grown");

  outcome("shrink into the second page", ftruncate(file, PAGE + 1));
  show("shrunk");
  say("behind the end in its page: %d\n", map[PAGE + 1]);
  pid_t child = fork();
  if (child == 0) {
    show("in a child");
    map[0] = 'A';
    outcome("child grows it", ftruncate(file, 3 * PAGE));
    _exit(0);
  }
  reap("child", child);
  show("after the child");
  outcome("to nothing", ftruncate(file, 0));
  show("nothing");
  number("write brings a page", pwrite(file, "once more", 9, 3 * PAGE));
  show("written behind holes");
  char bytes[3] = {9, 9, 9};
  number("read a hole", pread(file, bytes, 3, PAGE));
  say("%d %d %d\n", bytes[0], bytes[1], bytes[2]);
  close(file);
  unlink(memory_file_path);
  show("closed and unlinked");
  return 0;
}
