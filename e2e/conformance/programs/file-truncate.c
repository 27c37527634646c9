/*
 * ftruncate cuts, extends with zeros, leaves the offset, and what was cut never comes back. truncate(2).
 */
#include "expect.h"
#include <fcntl.h>
#include <sys/stat.h>

static long size_of(int fd) {
  struct stat meta;
  return fstat(fd, &meta) == 0 ? (long)meta.st_size : -1;
}

int main(void) {
  int file = open("data", O_RDWR | O_CREAT, 0600);
  make_letters(file, 2 * PAGE + 50);
  char bytes[16];
  number("size", size_of(file));
  outcome("cut inside a page", ftruncate(file, PAGE + 10));
  number("size", size_of(file));
  number("offset stays", lseek(file, 0, SEEK_CUR));
  outcome("extend", ftruncate(file, 3 * PAGE));
  number("size", size_of(file));
  number("around the cut", pread(file, bytes, 4, PAGE + 8));
  say("%c %c %d %d\n", bytes[0], bytes[1], bytes[2], bytes[3]);
  number("what was there", pread(file, bytes, 4, 2 * PAGE + 20));
  say("%d %d %d %d\n", bytes[0], bytes[1], bytes[2], bytes[3]);
  outcome("to nothing", ftruncate(file, 0));
  number("read", pread(file, bytes, 4, 0));
  number("write at the old offset", write(file, "x", 1));
  number("size", size_of(file));
  outcome("negative", ftruncate(file, -1));
  outcome("closed", ftruncate(77, 0));
  int reader = open("data", O_RDONLY), directory = open(".", O_RDONLY);
  outcome("opened to read", ftruncate(reader, 0));
  outcome("directory", ftruncate(directory, 0));
  outcome("/dev/null", ftruncate(open("/dev/null", O_RDWR), 0));
  number("size", size_of(file));
  outcome("truncate by path", truncate("data", 7));
  number("size", size_of(file));
  outcome("truncate a directory", truncate(".", 7));
  outcome("truncate nothing", truncate("missing", 7));
  return 0;
}
