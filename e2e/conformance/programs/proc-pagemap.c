/*
 * Pages come with the first touch and go with MADV_DONTNEED and munmap; pagemap shows which are present and
 * which are shared memory. proc_pid_pagemap(5); mmap(2): demand paging.
 */
#include "expect.h"
#include <fcntl.h>
#include <sys/mman.h>

static int file;

/* One letter a page: '-' none, 'p' private, 's' of a file or shared; whether in RAM or swapped out is not the question. */
static void show(const char *what, const void *area, int pages) {
  char letters[16];
  for (int i = 0; i < pages; i++) {
    unsigned long entry = 0;
    if (pread(file, &entry, 8, ((long)area / PAGE + i) * 8) != 8)
      letters[i] = '?';
    else
      letters[i] = !(entry >> 62) ? '-' : entry >> 61 & 1 ? 's' : 'p';
  }
  letters[pages] = 0;
  say("%s: %s\n", what, letters);
}

int main(void) {
  file = open("/proc/self/pagemap", O_RDONLY);
  outcome("open", file);
  /* Guards around, so that no neighbour is faulted in with them. */
  char *area = mmap(NULL, 6 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  mprotect(area + PAGE, 4 * PAGE, PROT_READ | PROT_WRITE);
  show("untouched", area, 6);
  area[2 * PAGE] = 1;
  show("one written", area, 6);
  volatile char *reads = area;
  (void)reads[4 * PAGE];
  show("one read", area, 6);
  truth("the kernel's write brings it too", writable(area + 3 * PAGE));
  show("one written by the kernel", area, 6);
  madvise(area + 2 * PAGE, PAGE, MADV_DONTNEED);
  show("one dropped", area, 6);
  mprotect(area + 3 * PAGE, PAGE, PROT_NONE);
  show("without rights it is still there", area, 6);
  munmap(area + 4 * PAGE, PAGE);
  show("one unmapped", area, 6);

  char *shared = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  shared[PAGE] = 's';
  show("shared", shared, 3);
  pid_t child = fork();
  if (child == 0) {
    shared[2 * PAGE] = 'c';
    _exit(0);
  }
  reap("child", child);
  truth("the child's page is in memory, not yet in this map", shared[2 * PAGE] == 'c');
  show("after reading it", shared, 3);
  unsigned long entry;
  outcome("not in eights", pread(file, &entry, 7, 0));
  return 0;
}
