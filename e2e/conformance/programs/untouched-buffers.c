/*
 * The kernel copies into and out of pages that are not there yet as if they were: never touched, of a file, of shared
 * memory, copied after fork, dropped, below the stack, all within one buffer. read(2), write(2); mmap(2).
 */
#include "memory.h"
#include <sys/uio.h>

#define PAGES 14
#define LENGTH ((PAGES - 1) * PAGE)

static unsigned char wanted[LENGTH], got[PAGES * PAGE];

/* A buffer whose pages are in all the states there are. */
static char *buffer(int file) {
  char *area = mmap(NULL, PAGES * PAGE, RW, ANON, -1, 0);
  char *at = area + 2 * PAGE;
  mmap(at, 2 * PAGE, RW, MAP_SHARED | MAP_ANONYMOUS | MAP_FIXED, -1, 0);
  mmap(at + 2 * PAGE, 2 * PAGE, RW, MAP_PRIVATE | MAP_FIXED, file, 0);
  mmap(at + 4 * PAGE, 2 * PAGE, RW, MAP_SHARED | MAP_FIXED, file, 2 * PAGE);
  area[8 * PAGE] = 'w';
  area[9 * PAGE] = 'd';
  madvise(area + 9 * PAGE, PAGE, MADV_DONTNEED);
  area[10 * PAGE] = 'm';
  mprotect(area + 10 * PAGE, PAGE, PROT_NONE);
  mprotect(area + 10 * PAGE, PAGE, RW);
  return area;
}

static int file, data, ends[2];

/* What the buffer shows before anybody has written to it: zeros, the file, what was written. */
static void out_of(const char *what, const char *area) {
  int out = open("out", O_RDWR | O_CREAT | O_TRUNC, 0600);
  number(what, write(out, area, PAGES * PAGE));
  number(" read back", pread(out, got, PAGES * PAGE, 0));
  char letters[PAGES + 1];
  for (int i = 0; i < PAGES; i++) letters[i] = !got[i * PAGE] ? '0' : got[i * PAGE] < 'z' ? (char)got[i * PAGE] : '*';
  letters[PAGES] = 0;
  say(" %s\n", letters);
  close(out);
}

static void check(const char *what, long result, const char *area) {
  number(what, result);
  number(" wrong bytes", memcmp(area + 1000, wanted, LENGTH) ? 1 : 0);
}

static void into(const char *who) {
  say("%s\n", who);
  char *area = buffer(file);
  check("pread", pread(data, area + 1000, LENGTH, 0), area);
  area = buffer(file);
  struct iovec parts[40];
  for (int i = 0; i < 40; i++) {
    parts[i].iov_base = area + 1000 + LENGTH / 40 * i;
    parts[i].iov_len = i < 39 ? LENGTH / 40 : LENGTH - LENGTH / 40 * 39;
  }
  lseek(data, 0, SEEK_SET);
  check("readv", readv(data, parts, 40), area);
  area = buffer(file);
  number("into a pipe", write(ends[1], wanted, LENGTH));
  check("out of it", read(ends[0], area + 1000, LENGTH), area);
  number("back into it", write(ends[1], area + 1000, LENGTH));
  memset(got, 0, sizeof got);
  number("and out", read(ends[0], got, sizeof got));
  number(" wrong bytes", memcmp(got, wanted, LENGTH) ? 1 : 0);
}

int main(void) {
  file = memory_file(O_RDWR | O_CREAT | O_TRUNC);
  make_letters(file, 4 * PAGE);
  data = open("data", O_RDWR | O_CREAT, 0600);
  fill_words(wanted, LENGTH, 99);
  if (write(data, wanted, LENGTH) != LENGTH || pipe(ends) != 0) return 1;
  char *area = buffer(file);
  out_of("write", area);
  into("a process");
  pid_t child = fork();
  if (child == 0) {
    into("its child");
    /* Pages that the parent has written to, and the child reads into. */
    check("into the parent's pages", pread(data, area + 1000, LENGTH, 0), area);
    _exit(0);
  }
  reap("child", child);
  out_of("the parent's are as they were", area);
  child = fork();
  if (child == 0) {
    /* A part of the stack that nobody has touched. */
    char big[PAGES * PAGE];
    check("below the stack", pread(data, big + 1000, LENGTH, 0), big);
    _exit(0);
  }
  reap("child", child);
  unlink(memory_file_path);
  return 0;
}
