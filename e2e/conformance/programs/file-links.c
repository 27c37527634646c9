/*
 * Hard links count names; a file lives until its last name and its last descriptor are gone. link(2),
 * unlink(2).
 */
#include "expect.h"
#include <fcntl.h>
#include <sys/stat.h>

static void links(const char *what, int fd) {
  struct stat meta;
  fstat(fd, &meta);
  say("%s: %d links, %ld bytes\n", what, (int)meta.st_nlink, (long)meta.st_size);
}

int main(void) {
  int file = open("one", O_RDWR | O_CREAT, 0600);
  if (write(file, "data", 4) != 4 || mkdir("dir", 0700) || symlink("one", "soft")) return 1;
  links("at first", file);
  outcome("link", link("one", "two"));
  links("two names", file);
  outcome("in a directory", link("two", "dir/three"));
  links("three names", file);
  outcome("over a name", link("one", "two"));
  outcome("of a directory", link("dir", "dir2"));
  outcome("of nothing", link("missing", "x"));
  outcome("into nothing", link("one", "missing/x"));
  outcome("of a link is the link", link("soft", "soft2"));
  links("so still three", file);
  outcome("of a link, followed", linkat(AT_FDCWD, "soft", AT_FDCWD, "four", AT_SYMLINK_FOLLOW));
  links("four", file);
  outcome("unknown flag", linkat(AT_FDCWD, "one", AT_FDCWD, "five", 1));

  int other = open("dir/three", O_RDWR | O_APPEND);
  number("write through another name", write(other, "+more", 5));
  char bytes[12] = {0};
  number("read through the first", pread(file, bytes, 11, 0));
  say("got %s\n", bytes);
  outcome("unlink", unlink("one"));
  unlink("two");
  unlink("four");
  links("one left", file);
  unlink("dir/three");
  links("none left", file);
  number("still written", write(other, "!", 1));
  number("still read", pread(file, bytes, 11, 0));
  say("got %s\n", bytes);
  outcome("the name is free", open("one", O_RDONLY));
  int fresh = open("one", O_RDWR | O_CREAT | O_EXCL, 0600);
  links("a new one", fresh);
  number("the soft link leads to it", open("soft", O_RDONLY) >= 0);
  return 0;
}
