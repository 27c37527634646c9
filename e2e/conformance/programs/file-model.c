/*
 * Six hundred random reads, writes and truncations of a file of up to 60,000 bytes agree with an array.
 * pread(2), pwrite(2), ftruncate(2), lseek(2).
 */
#include "expect.h"
#include <fcntl.h>
#include <sys/stat.h>

#define MOST 60000

static unsigned seed = 4711;
static unsigned dice(unsigned sides) {
  seed = seed * 1103515245u + 12345u;
  return (seed >> 8) % sides;
}

static char model[MOST], buffer[MOST];

int main(void) {
  int file = open("data", O_RDWR | O_CREAT, 0600), counts[5] = {0};
  long size = 0, wrong = 0;
  for (int step = 0; step < 600; step++) {
    unsigned what = dice(5);
    long at = dice(MOST), length = dice(step % 7 == 0 ? 20000 : 600);
    if (at + length > MOST) length = MOST - at;
    counts[what]++;
    if (what == 0 && step % 3 == 0) {
      long to = dice(MOST);
      wrong += ftruncate(file, to) != 0;
      if (to < size)
        memset(model + to, 0, (size_t)(size - to));
      size = to;
    } else if (what <= 2) {
      for (long i = 0; i < length; i++) buffer[i] = model[at + i] = (char)dice(256);
      if (what == 1)
        wrong += pwrite(file, buffer, (size_t)length, at) != length;
      else
        wrong += lseek(file, at, SEEK_SET) != at || write(file, buffer, (size_t)length) != length;
      if (length > 0 && at + length > size) size = at + length;
    } else {
      long there = at >= size ? 0 : at + length > size ? size - at : length;
      memset(buffer, '?', (size_t)length + 1 > MOST ? MOST : (size_t)length + 1);
      if (what == 3)
        wrong += pread(file, buffer, (size_t)length, at) != there;
      else
        wrong += lseek(file, at, SEEK_SET) != at || read(file, buffer, (size_t)length) != there;
      wrong += memcmp(buffer, model + at, (size_t)there) != 0;
      if (there < length) wrong += buffer[there] != '?';
    }
    struct stat meta;
    wrong += fstat(file, &meta) != 0 || meta.st_size != size;
  }
  say("kinds: %d %d %d %d %d\n", counts[0], counts[1], counts[2], counts[3], counts[4]);
  number("final size", size);
  number("wrong", wrong);
  number("whole", pread(file, buffer, MOST, 0));
  truth("the same at the end", memcmp(buffer, model, (size_t)size) == 0);
  return wrong != 0;
}
