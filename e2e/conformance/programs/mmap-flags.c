/*
 * Which flags and offsets mmap takes: unknown flags are ignored except with MAP_SHARED_VALIDATE, an offset must be at a
 * page, a type must be given, and a range that is taken is refused or replaced as asked. mmap(2): ERRORS.
 */
/* native-only: qemu-user 7.2 does not know MAP_FIXED_NOREPLACE, nor checks flags as Linux does */
#include "memory.h"

#ifndef MAP_SHARED_VALIDATE
#define MAP_SHARED_VALIDATE 3
#endif
#define UNKNOWN 0x2000000 /* no bit of any flag or huge page size */

static int file;

static void try_map(const char *what, int prot, int flags, int fd, long offset) {
  outcome(what, (long)mmap(NULL, 1, prot, flags, fd, offset));
}

int main(void) {
  file = memory_file(O_RDWR | O_CREAT | O_TRUNC);
  make_letters(file, 2 * PAGE);
  try_map("private with an unknown flag", RW, MAP_PRIVATE | UNKNOWN, file, 0);
  try_map("shared with an unknown flag", RW, MAP_SHARED | UNKNOWN, file, 0);
  try_map("anonymous with an unknown flag", RW, ANON | UNKNOWN, -1, 0);
  try_map("validated", RW, MAP_SHARED_VALIDATE, file, 0);
  try_map("validated with known flags", RW, MAP_SHARED_VALIDATE | MAP_NORESERVE | MAP_POPULATE, file, 0);
  try_map("validated with an unknown flag", RW, MAP_SHARED_VALIDATE | UNKNOWN, file, 0);
  try_map("validated with MAP_SYNC", RW, MAP_SHARED_VALIDATE | 0x80000, file, 0);
  try_map("anonymous and validated", RW, MAP_SHARED_VALIDATE | MAP_ANONYMOUS, -1, 0);
  try_map("no type", RW, 0, file, 0);
  try_map("another type", RW, 4, file, 0);
  try_map("unknown rights", RW | 0x400, MAP_SHARED, file, 0);
  try_map("half a page's offset", RW, MAP_SHARED, file, PAGE / 2);
  try_map("one byte's offset, anonymous", RW, ANON, -1, 1);
  try_map("offset far behind the end", RW, MAP_SHARED, file, 100 * PAGE);
  try_map("the last offset there is", PROT_READ, MAP_PRIVATE, file, (long)(~0UL >> 1) / PAGE * PAGE);
  try_map("an offset beyond all files", PROT_READ, MAP_PRIVATE, file, -PAGE);

  char *area = mmap(NULL, 4 * PAGE, RW, ANON, -1, 0);
  strcpy(area + PAGE, "kept");
  munmap(area + 3 * PAGE, PAGE);
  outcome("not replaced", (long)mmap(area + 2 * PAGE, 2 * PAGE, RW, ANON | MAP_FIXED_NOREPLACE, -1, 0));
  outcome("not replaced, though fixed", (long)mmap(area + 2 * PAGE, PAGE, RW, ANON | MAP_FIXED | MAP_FIXED_NOREPLACE, -1, 0));
  outcome("not replaced and not aligned", (long)mmap(area + 3 * PAGE + 1, PAGE, RW, ANON | MAP_FIXED_NOREPLACE, -1, 0));
  outcome("fixed at an odd address", (long)mmap(area + 1, PAGE, RW, ANON | MAP_FIXED, -1, 0));
  outcome("fixed of length 0", (long)mmap(area, 0, RW, ANON | MAP_FIXED, -1, 0));
  say("after all that: %s\n", area + PAGE);
  char *got = mmap(area, 3 * PAGE - 5, RW, MAP_SHARED | MAP_FIXED, file, 0);
  truth("replaced where it was", got == area);
  say("by the file: %c %c\n", area[0], area[PAGE]);
  unlink(memory_file_path);
  return 0;
}
