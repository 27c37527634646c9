/*
 * The last page of a shared mapping is zero behind the file's end; what is stored there is not in the file as long as
 * it has this end, and a cut, even to the same size, makes it zero again. mmap(2): "the remaining bytes in the partial
 * page at the end of the mapping are zeroed"; a memory file system shows them when the file grows over them.
 */
#include "memory.h"

static int file;
static char *map, *other;

static void show(const char *what, long at) {
  char byte = '?';
  long got = pread(file, &byte, 1, at);
  say("%s: mapped %d, by another %d, ", what, map[at], other[at]);
  say(got == 1 ? "read %d\n" : "not in the file\n", byte);
}

int main(void) {
  file = memory_file(O_RDWR | O_CREAT | O_TRUNC);
  make_letters(file, PAGE + 10);
  map = map_file(file, 2, RW, MAP_SHARED);
  other = map_file(file, 2, PROT_READ, MAP_SHARED);
  int zero = 1;
  for (long at = PAGE + 10; at < 2 * PAGE; at++) zero &= map[at] == 0;
  truth("the tail is zero", zero);
  map[PAGE + 10] = 1;
  map[PAGE + 500] = 2;
  map[2 * PAGE - 1] = 3;
  show("first byte of the tail", PAGE + 10);
  show("middle of the tail", PAGE + 500);
  show("last byte of the page", 2 * PAGE - 1);
  number("file's length", lseek(file, 0, SEEK_END));
  char bytes[20];
  number("read across the end", pread(file, bytes, sizeof bytes, PAGE + 5));

  outcome("cut to the same size", ftruncate(file, PAGE + 10));
  show("first byte of the tail", PAGE + 10);
  show("middle of the tail", PAGE + 500);
  outcome("grow", ftruncate(file, PAGE + 1000));
  show("what was the middle of the tail", PAGE + 500);

  map[PAGE + 400] = 4;
  map[PAGE + 2000] = 5;
  outcome("cut inside the page", ftruncate(file, PAGE + 300));
  show("in the file before", PAGE + 400);
  show("in the tail before", PAGE + 2000);
  outcome("grow to the whole page", ftruncate(file, 2 * PAGE));
  show("in the file before", PAGE + 400);
  show("in the tail before", PAGE + 2000);

  outcome("cut once more", ftruncate(file, PAGE + 10));
  map[PAGE + 20] = 6;
  map[PAGE + 50] = 7;
  number("write behind the end", pwrite(file, "w", 1, PAGE + 30));
  show("between the old end and what was written", PAGE + 20);
  show("written", PAGE + 30);
  show("behind it", PAGE + 50);
  unlink(memory_file_path);
  return 0;
}
