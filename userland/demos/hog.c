/* hog: takes memory and writes to every page of it, until there is no more or
   it has SIZE, then holds it.

   usage: hog SIZE[k|m] [SECONDS] */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define STEP (64 * 1024UL)

static void take(void) {
  volatile char *block = mmap(NULL, STEP, PROT_READ | PROT_WRITE,
                              MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (block == MAP_FAILED) {
    perror("hog: mmap");
    exit(1);
  }
  for (unsigned long at = 0; at < STEP; at += 4096)
    block[at] = 1; /* a page is real only once it is touched */
}

int main(int argc, char **argv) {
  char *unit = "";
  unsigned long size = argc > 1 ? strtoul(argv[1], &unit, 10) : 0;
  if (*unit == 'k' || *unit == 'K') size <<= 10;
  if (*unit == 'm' || *unit == 'M') size <<= 20;
  if (size == 0) {
    fprintf(stderr, "usage: hog SIZE[k|m] [SECONDS]\n");
    return 2;
  }
  for (unsigned long taken = 0; taken < size; taken += STEP) take();
  printf("hog: %lu KiB taken\n", size >> 10);
  fflush(stdout);
  sleep(argc > 2 ? (unsigned)atoi(argv[2]) : 0);
  return 0;
}
