/*
 * Hundreds of kilobytes in a thousand buffers of all sizes go through files and pipes with one readv or writev, and
 * every byte arrives, also when the pages of the buffers come and go meanwhile. readv(2), preadv(2), pipe(7).
 */
#include "memory.h"
#include <sys/uio.h>

#define LENGTH (768 * 1024L)
#define PARTS 1024

static struct iovec parts[PARTS];
static unsigned long seed = 1;

/* Cuts [at, at + LENGTH) into parts, large and small ones, of which some are empty. */
static void cut(char *at) {
  long left = LENGTH;
  for (int i = 0; i < PARTS; i++) {
    long rest = PARTS - 1 - i, length = (long)(next_word(&seed) % (unsigned long)(2 * left / (rest + 1) + 1));
    if (next_word(&seed) % 16 == 0) length = 0;
    if (rest == 0 || length > left) length = left;
    parts[i].iov_base = at;
    parts[i].iov_len = (size_t)length;
    at += length;
    left -= length;
  }
}

static char *fresh(void) { return mmap(NULL, LENGTH, RW, ANON | MAP_NORESERVE, -1, 0); }

static void check(const char *what, long result, const char *bytes, unsigned long words) {
  number(what, result);
  number(" wrong words", wrong_words(bytes, LENGTH, words));
}

/* Takes all that comes out of a pipe, whatever each readv gives. */
static long read_all(int from) {
  long total = 0, got;
  int part = 0;
  while (part < PARTS && (got = readv(from, parts + part, PARTS - part)) > 0) {
    total += got;
    for (; part < PARTS && got >= (long)parts[part].iov_len; part++) got -= (long)parts[part].iov_len;
    if (part < PARTS) {
      parts[part].iov_base = (char *)parts[part].iov_base + got;
      parts[part].iov_len -= (size_t)got;
    }
  }
  return total;
}

int main(void) {
  char *source = fresh();
  fill_words(source, LENGTH, 7);
  int file = open("file", O_RDWR | O_CREAT, 0600), ends[2];
  cut(source);
  number("writev to a file", writev(file, parts, PARTS));
  char *target = fresh();
  cut(target);
  lseek(file, 0, SEEK_SET);
  check("readv from it", readv(file, parts, PARTS), target, 7);
  munmap(target, LENGTH);
  target = fresh();
  cut(target);
  check("preadv", preadv(file, parts, PARTS, 0), target, 7);
  madvise(target, LENGTH, MADV_DONTNEED);
  check("pread in one", pread(file, target, LENGTH, 0), target, 7);

  /* A writer and a reader, both with vectors, and a pipe that is much smaller than they. */
  if (pipe(ends) != 0) return 1;
  pid_t child = fork();
  if (child == 0) {
    close(ends[0]);
    fill_words(source, LENGTH, 8); /* copies of the parent's pages */
    cut(source);
    long wrote = writev(ends[1], parts, PARTS);
    _exit(wrote == LENGTH && wrong_words(source, LENGTH, 8) == 0 ? 0 : 1);
  }
  close(ends[1]);
  cut(target);
  check("through a pipe", read_all(ends[0]), target, 8);
  reap("writer", child);
  number("the parent's own: wrong words", wrong_words(source, LENGTH, 7));

  /* Onto a mapping of the file, and out of one. */
  char *map = map_file(file, LENGTH / PAGE, RW, MAP_SHARED);
  fill_words(map, LENGTH, 9);
  cut(target);
  check("preadv of what was stored", preadv(file, parts, PARTS, 0), target, 9);
  int copy = open("copy", O_RDWR | O_CREAT, 0600);
  cut(map);
  number("pwritev out of a mapping", pwritev(copy, parts, PARTS, 0));
  fill_words(map, LENGTH, 10);
  cut(map);
  number("preadv into a mapping", preadv(copy, parts, PARTS, 0));
  check("and the file has it", pread(file, target, LENGTH, 0), target, 9);
  return 0;
}
