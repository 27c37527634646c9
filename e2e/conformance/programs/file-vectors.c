/*
 * readv and writev move several buffers as one. readv(2): ERRORS; pread(2), pwrite(2) leave the offset.
 */
#include "expect.h"
#include <fcntl.h>
#include <sys/uio.h>

int main(void) {
  volatile int negative_count = -1, too_many = 1025;
  int file = open("data", O_RDWR | O_CREAT, 0600);
  char one[4] = "one", two[4] = "two", three[6] = "three";
  struct iovec out[4] = {{one, 3}, {NULL, 0}, {two, 3}, {three, 5}};
  number("writev", writev(file, out, 4));
  number("offset", lseek(file, 0, SEEK_CUR));
  char a[5] = {0}, b[3] = {0}, c[20] = {0};
  struct iovec in[3] = {{a, 4}, {b, 2}, {c, 19}};
  lseek(file, 0, SEEK_SET);
  number("readv", readv(file, in, 3));
  say("%s|%s|%s\n", a, b, c);
  number("at the end", readv(file, in, 3));
  number("none", readv(file, in, 0));
  outcome("negative count", readv(file, in, negative_count));
  outcome("too many", writev(file, out, too_many));
  struct iovec bad[2] = {{one, 3}, {nowhere(), 3}};
  struct iovec negative[2] = {{one, 3}, {two, (size_t)-1}};
  outcome("negative length", writev(file, negative, 2));
  outcome("bad vector", writev(file, nowhere(), 2));
  outcome("bad descriptor", writev(77, out, 4));
  outcome("bad first buffer", writev(file, bad + 1, 1));
  int ends[2];
  if (pipe(ends) != 0) return 1;
  number("into a pipe", writev(ends[1], out, 4));
  memset(c, 0, sizeof c);
  number("out of it", read(ends[0], c, 19));
  say("%s\n", c);

  number("pwrite", pwrite(file, "TWO", 3, 3));
  number("pread", pread(file, c, 6, 2));
  say("%.6s\n", c);
  number("offset", lseek(file, 0, SEEK_CUR));
  outcome("pread before the beginning", pread(file, c, 1, -1));
  outcome("pwrite before the beginning", pwrite(file, c, 1, -5));
  number("pread beyond the end", pread(file, c, 1, 1000));
  number("pwrite beyond the end", pwrite(file, "x", 1, 20));
  number("length", lseek(file, 0, SEEK_END));
  outcome("bad buffer", pread(file, nowhere(), 1, 0));
  number("write nothing", write(file, one, 0));
  outcome("read a directory", read(open(".", O_RDONLY), c, 1));
  return 0;
}
