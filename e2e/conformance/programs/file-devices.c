/*
 * /dev/null, /dev/zero, /dev/urandom. null(4), random(4).
 */
/* native-only: qemu-user checks the buffer of a write that the device never reads */
#include "expect.h"
#include <fcntl.h>
#include <sys/mman.h>

int main(void) {
  unsigned char bytes[64], more[64];
  int null = open("/dev/null", O_RDWR), zero = open("/dev/zero", O_RDWR), random = open("/dev/urandom", O_RDONLY);
  number("null swallows", write(null, "anything", 8));
  number("and is empty", read(null, bytes, sizeof bytes));
  memset(bytes, 0xff, sizeof bytes);
  number("zero", read(zero, bytes, sizeof bytes));
  int all = 0;
  for (int i = 0; i < 64; i++) all |= bytes[i];
  number("is zero", all);
  number("swallows too", write(zero, "anything", 8));
  number("random", read(random, bytes, sizeof bytes));
  number("random", read(random, more, sizeof more));
  truth("differs", memcmp(bytes, more, sizeof bytes) != 0);
  number("null needs no buffer to be good", write(null, nowhere(), 8));
  outcome("zero does", read(zero, nowhere(), 8));
  outcome("truncated by open", open("/dev/null", O_WRONLY | O_TRUNC));
  outcome("created by open", open("/dev/null", O_WRONLY | O_CREAT, 0600));
  outcome("exclusively", open("/dev/null", O_WRONLY | O_CREAT | O_EXCL, 0600));
  outcome("as a directory", open("/dev/null", O_RDONLY | O_DIRECTORY));
  outcome("under it", open("/dev/null/x", O_RDONLY));
  outcome("appended", open("/dev/null", O_WRONLY | O_APPEND));
  return 0;
}
