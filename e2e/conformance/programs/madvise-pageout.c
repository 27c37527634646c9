/*
 * MADV_PAGEOUT may send pages to swap, and whatever it does, private, shared, file and copied pages have their bytes
 * afterwards, in every process that had them. madvise(2): MADV_PAGEOUT.
 */
#include "expect.h"
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>

#ifndef MADV_PAGEOUT
#define MADV_PAGEOUT 21
#endif

enum { PAGES = 8 };

static void fill(char *area, char first) {
  for (int i = 0; i < PAGES; i++) memset(area + i * PAGE, first + i, PAGE);
}

/* The first byte of each page, and '!' where a page is not all the same. */
static void show(const char *what, const char *area) {
  char letters[PAGES + 1] = {0};
  for (int i = 0; i < PAGES; i++) {
    letters[i] = area[i * PAGE];
    for (int at = 1; at < PAGE; at++)
      if (area[i * PAGE + at] != letters[i]) letters[i] = '!';
  }
  say("%s: %s\n", what, letters);
}

int main(void) {
  int file = open("paged", O_RDWR | O_CREAT, 0600);
  int rights = PROT_READ | PROT_WRITE;
  say("ftruncate: %d\n", ftruncate(file, PAGES * PAGE));
  char *private = mmap(0, PAGES * PAGE, rights, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  char *shared = mmap(0, PAGES * PAGE, rights, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  char *mapped = mmap(0, PAGES * PAGE, rights, MAP_SHARED, file, 0);
  char *copied = mmap(0, PAGES * PAGE, rights, MAP_PRIVATE, file, 0);
  fill(private, 'a');
  fill(shared, 'i');
  fill(mapped, 'q');
  memset(copied + PAGE, 'C', PAGE);
  char *areas[] = {private, shared, mapped, copied};
  for (int i = 0; i < 4; i++) say("madvise: %d\n", madvise(areas[i], PAGES * PAGE, MADV_PAGEOUT));
  show("private", private);
  show("shared", shared);
  show("file", mapped);
  show("its private view", copied);
  for (int i = 0; i < 4; i++) madvise(areas[i], PAGES * PAGE, MADV_PAGEOUT);
  pid_t child = fork();
  if (child == 0) {
    memset(private, 'X', PAGE);
    memset(shared + PAGE, 'Y', PAGE);
    memset(copied, 'Z', PAGE);
    for (int i = 0; i < 4; i++) madvise(areas[i], PAGES * PAGE, MADV_PAGEOUT);
    show("child: private", private);
    show("child: its view", copied);
    _exit(0);
  }
  reap("child", child);
  show("parent: private", private);
  show("parent: shared", shared);
  show("parent: its view", copied);
  madvise(mapped, PAGES * PAGE, MADV_PAGEOUT);
  char bytes[4] = {0};
  say("read: %ld, ", (long)pread(file, bytes, 3, 2 * PAGE));
  say("%s\n", bytes);
  say("write: %ld\n", (long)pwrite(file, "www", 3, 3 * PAGE));
  say("seen: %.4s\n", mapped + 3 * PAGE);
  madvise(mapped, PAGES * PAGE, MADV_PAGEOUT);
  say("cut: %d, ", ftruncate(file, 4 * PAGE + 10));
  say("grown: %d\n", ftruncate(file, PAGES * PAGE));
  say("tail: %c%d%d\n", mapped[4 * PAGE + 9], mapped[4 * PAGE + 10], mapped[5 * PAGE]);
  outcome("not aligned", madvise(private + 1, PAGE, MADV_PAGEOUT));
  return 0;
}
