/*
 * Eight buffers of a quarter of a mebibyte each go through a pipe, a file and a second process, in one call each, and
 * every byte arrives. readv(2), writev(2), pipe(7).
 */
#include "memory.h"
#include <sys/uio.h>

#define PARTS 8
#define PART (256 * 1024L)

static struct iovec parts[PARTS];

/* Eight buffers with gaps between them, in no order of their addresses. */
static void make(int step) {
  char *area = mmap(NULL, PARTS * (PART + PAGE), RW, ANON | MAP_NORESERVE, -1, 0);
  for (int i = 0; i < PARTS; i++) {
    parts[i].iov_base = area + i * step % PARTS * (PART + PAGE) + 8 * i;
    parts[i].iov_len = PART;
  }
}

static void fill(unsigned long seed) {
  for (int i = 0; i < PARTS; i++) fill_words(parts[i].iov_base, PART, seed + (unsigned long)i);
}

static long wrong(unsigned long seed) {
  long sum = 0;
  for (int i = 0; i < PARTS; i++) sum += wrong_words(parts[i].iov_base, PART, seed + (unsigned long)i);
  return sum;
}

int main(void) {
  make(3);
  fill(100);
  int file = open("file", O_RDWR | O_CREAT, 0600), there[2], back[2];
  if (pipe(there) != 0 || pipe(back) != 0) return 1;
  pid_t child = fork();
  if (child == 0) {
    /* Takes what comes, page by page, into the copies of the parent's buffers, and sends it back in one call. */
    close(there[1]);
    close(back[0]);
    for (int i = 0; i < PARTS; i++)
      for (long at = 0, got; at < PART; at += got)
        if ((got = read(there[0], (char *)parts[i].iov_base + at, (size_t)(PART - at))) <= 0) _exit(1);
    if (wrong(200) != 0) _exit(2);
    fill(300);
    _exit(writev(back[1], parts, PARTS) == PARTS * PART ? 0 : 3);
  }
  close(there[0]);
  close(back[1]);
  number("writev to a file", writev(file, parts, PARTS));
  fill(200);
  number("writev to a pipe", writev(there[1], parts, PARTS));
  number("wrong words of the source", wrong(200));
  lseek(file, 0, SEEK_SET);
  number("readv from the file", readv(file, parts, PARTS));
  number("wrong words", wrong(100));
  make(5);
  for (int i = 0; i < PARTS; i++)
    for (long at = 0, got; at < PART; at += got) {
      struct iovec two[2] = {{(char *)parts[i].iov_base + at, (size_t)((PART - at) / 2)}, {NULL, 0}};
      two[1].iov_base = (char *)two[0].iov_base + two[0].iov_len;
      two[1].iov_len = (size_t)(PART - at) - two[0].iov_len;
      if ((got = readv(back[0], two, 2)) <= 0) return 1;
    }
  number("wrong words of what came back", wrong(300));
  reap("child", child);
  lseek(file, 0, SEEK_SET);
  number("readv from the file into what was never touched", (make(7), readv(file, parts, PARTS)));
  number("wrong words", wrong(100));
  return 0;
}
