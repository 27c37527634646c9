/*
 * lseek from each origin, beyond the end, before the beginning. lseek(2).
 */
#include "expect.h"
#include <fcntl.h>

int main(void) {
  int file = open("data", O_RDWR | O_CREAT, 0600);
  char bytes[20] = {0};
  if (write(file, "0123456789", 10) != 10) return 1;
  number("here", lseek(file, 0, SEEK_CUR));
  number("start", lseek(file, 0, SEEK_SET));
  number("from here", lseek(file, 4, SEEK_CUR));
  number("back", lseek(file, -3, SEEK_CUR));
  number("read", read(file, bytes, 2));
  say("got %.2s\n", bytes);
  number("from the end", lseek(file, -2, SEEK_END));
  number("read", read(file, bytes, 9));
  say("got %.2s\n", bytes);
  number("at the end", read(file, bytes, 9));
  outcome("before the beginning", lseek(file, -1, SEEK_SET));
  outcome("far before it", lseek(file, -100, SEEK_END));
  number("unmoved", lseek(file, 0, SEEK_CUR));
  outcome("unknown origin", lseek(file, 0, 99));
  outcome("closed", lseek(77, 0, SEEK_SET));
  number("beyond the end", lseek(file, 5000, SEEK_SET));
  number("read there", read(file, bytes, 5));
  number("write there", write(file, "end", 3));
  number("new end", lseek(file, 0, SEEK_END));
  number("the hole", pread(file, bytes, 5, 2500));
  say("reads %d\n", bytes[0] | bytes[1] | bytes[2] | bytes[3] | bytes[4]);
  number("across its start", pread(file, bytes, 4, 8));
  say("%c%c %d %d\n", bytes[0], bytes[1], bytes[2], bytes[3]);
  number("far beyond", lseek(file, 0x7fffffffffL, SEEK_SET));
  outcome("overflow", lseek(file, 0x7fffffffffffffffL, SEEK_CUR));
  int null = open("/dev/null", O_RDWR);
  outcome("/dev/null can seek", lseek(null, 100, SEEK_SET));
  int directory = open(".", O_RDONLY);
  outcome("a directory too", lseek(directory, 0, SEEK_SET));
  return 0;
}
