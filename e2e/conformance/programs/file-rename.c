/*
 * rename replaces, moves, refuses; renameat2 with RENAME_NOREPLACE and RENAME_EXCHANGE. rename(2).
 */
#include "expect.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

static void make(const char *path, const char *text) {
  int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  if (write(file, text, strlen(text)) < 0) _exit(1);
  close(file);
}

static void show(const char *path) {
  char bytes[16] = {0};
  int file = open(path, O_RDONLY);
  if (file < 0) {
    outcome(path, -1);
    return;
  }
  if (read(file, bytes, 15) < 0) strcpy(bytes, "(directory)");
  say("%s: %s\n", path, bytes);
  close(file);
}

static void move(const char *from, const char *to) {
  say("%s -> %s, ", from, to);
  outcome("rename", rename(from, to));
}

static void move2(const char *from, const char *to, unsigned flags) {
  say("%s -> %s, flags %u, ", from, to, flags);
  outcome("renameat2", syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, flags));
}

int main(void) {
  make("one", "1");
  make("two", "2");
  mkdir("d", 0700);
  mkdir("d/e", 0700);
  mkdir("empty", 0700);
  if (symlink("one", "link")) return 1;
  int open_two = open("two", O_RDONLY);
  move("one", "two");
  show("one");
  show("two");
  char byte = 0;
  number("the replaced one is still open", read(open_two, &byte, 1));
  say("it has %c\n", byte);
  move("two", "two");
  move("missing", "two");
  move("two", "missing/x");
  move("two", "d");
  move("d", "two");
  move("d", "d/e/f");
  move("empty", "d");
  move("d/e", "empty");
  show("empty");
  move("two", "d/moved");
  show("d/moved");
  move("link", "d/link");
  outcome("the link itself moved", symlink("x", "link"));
  move("d/moved", "back/");
  move("d/moved", "back");
  make("other", "o");
  move2("back", "other", 1);
  move2("back", "fresh", 1);
  move2("fresh", "other", 2);
  show("fresh");
  show("other");
  move2("fresh", "missing", 2);
  move2("fresh", "d", 2);
  show("fresh");
  show("d");
  move2("d", "other", 3);
  move2("d", "other", 64);
  /* Two names of one inode: nothing happens. */
  if (link("d", "hard")) return 1;
  move("d", "hard");
  show("d");
  return 0;
}
