/*
 * However a mapping of a file is cut, moved and joined again, each page goes on showing its own part of the file, also
 * when it is read anew. mprotect(2), munmap(2), mremap(2), madvise(2): MADV_DONTNEED.
 */
#include "memory.h"

#define PAGES 12

static char *map;

/* The first letter of each page, after everything was dropped and is read from the file again. */
static void show(const char *what) {
  char letters[PAGES + 1];
  for (int i = 0; i < PAGES; i++) {
    madvise(map + i * PAGE, PAGE, MADV_DONTNEED);
    letters[i] = readable(map + i * PAGE) ? map[i * PAGE] : '-';
  }
  letters[PAGES] = 0;
  say("%s: %s\n", what, letters);
}

static void all(const char *how, int file, int flags) {
  say("%s\n", how);
  /* It begins at the third page of the file, so that offsets are not indexes. */
  map = mmap(NULL, PAGES * PAGE, RW, flags, file, 2 * PAGE);
  if (map == MAP_FAILED) _exit(1);
  show("whole");
  for (int i = 1; i < PAGES; i += 2) mprotect(map + i * PAGE, PAGE, PROT_READ);
  show("every second page read-only");
  mprotect(map, PAGES * PAGE, PROT_READ);
  show("joined");
  mprotect(map + 3 * PAGE, 4 * PAGE, PROT_NONE);
  mprotect(map + 4 * PAGE, 2 * PAGE, RW);
  mprotect(map + 3 * PAGE, 4 * PAGE, RW);
  show("cut and joined");
  munmap(map + 5 * PAGE, 2 * PAGE);
  show("a hole");
  mmap(map + 5 * PAGE, PAGE, RW, flags | MAP_FIXED, file, 7 * PAGE);
  show("half of it filled with what was there");
  mmap(map + 6 * PAGE, PAGE, RW, flags | MAP_FIXED, file, 2 * PAGE);
  show("the other half with something else");
  mprotect(map, PAGES * PAGE, RW);
  show("all writable");

  char *room = mmap(NULL, 3 * PAGE, PROT_NONE, ANON, -1, 0);
  char *moved = mremap(map + 8 * PAGE, 3 * PAGE, 3 * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, room);
  madvise(moved, 3 * PAGE, MADV_DONTNEED);
  say("moved away: %c%c%c\n", moved[0], moved[PAGE], moved[2 * PAGE]);
  show("what stayed");
  mremap(moved + PAGE, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, map + 9 * PAGE);
  show("one came back");
  moved = mremap(map + 11 * PAGE, PAGE, 2 * PAGE, MREMAP_MAYMOVE);
  madvise(moved, 2 * PAGE, MADV_DONTNEED);
  say("the last one, grown: %c%c\n", moved[0], moved[PAGE]);
  pid_t child = fork();
  if (child == 0) {
    show("in a child");
    _exit(0);
  }
  reap("child", child);
}

int main(void) {
  int file = memory_file(O_RDWR | O_CREAT | O_TRUNC);
  make_letters(file, (PAGES + 4) * PAGE);
  all("private", file, MAP_PRIVATE);
  all("shared", file, MAP_SHARED);
  unlink(memory_file_path);
  return 0;
}
