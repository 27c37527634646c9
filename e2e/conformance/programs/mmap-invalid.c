/*
 * What mmap and munmap refuse, and with which error. mmap(2): ERRORS.
 */
#include "expect.h"
#include <fcntl.h>
#include <sys/mman.h>

#define RW (PROT_READ | PROT_WRITE)
#define ANON (MAP_PRIVATE | MAP_ANONYMOUS)

static void try_map(const char *what, void *at, size_t length, int prot, int flags, int fd, long offset) {
  outcome(what, (long)mmap(at, length, prot, flags, fd, offset));
}

int main(void) {
  char *page = mmap(NULL, PAGE, RW, ANON, -1, 0);
  try_map("length 0", NULL, 0, RW, ANON, -1, 0);
  try_map("neither shared nor private", NULL, PAGE, RW, MAP_ANONYMOUS, -1, 0);
  try_map("fixed, not aligned", page + 1, PAGE, RW, ANON | MAP_FIXED, -1, 0);
  try_map("as long as the address space", NULL, (size_t)1 << 62, RW, ANON, -1, 0);
  try_map("length that overflows", NULL, (size_t)-1, RW, ANON, -1, 0);
  try_map("fixed beyond user space", (void *)((unsigned long)1 << 62), PAGE, RW, ANON | MAP_FIXED, -1, 0);
  try_map("no descriptor", NULL, PAGE, RW, MAP_PRIVATE, -1, 0);
  try_map("closed descriptor", NULL, PAGE, RW, MAP_PRIVATE, 99, 0);

  int both = open("file", O_RDWR | O_CREAT, 0600);
  make_letters(both, 2 * PAGE);
  int writer = open("file", O_WRONLY);
  int directory = open(".", O_RDONLY | O_DIRECTORY);
  int ends[2];
  if (pipe(ends) != 0) return 1;
  try_map("offset not aligned", NULL, PAGE, PROT_READ, MAP_PRIVATE, both, 100);
  try_map("write-only descriptor", NULL, PAGE, PROT_READ, MAP_PRIVATE, writer, 0);
  try_map("directory", NULL, PAGE, PROT_READ, MAP_PRIVATE, directory, 0);
  try_map("pipe", NULL, PAGE, PROT_READ, MAP_PRIVATE, ends[0], 0);
  try_map("pipe, length 0", NULL, 0, PROT_READ, MAP_PRIVATE, ends[0], 0);
  try_map("directory, length 0", NULL, 0, PROT_READ, MAP_PRIVATE, directory, 0);
  try_map("file at a page offset", NULL, PAGE, PROT_READ, MAP_PRIVATE, both, PAGE);
  /* A private mapping may be writable although the descriptor is not. */
  int reader = open("file", O_RDONLY);
  try_map("private writable, descriptor read-only", NULL, PAGE, RW, MAP_PRIVATE, reader, 0);

  outcome("munmap length 0", munmap(page, 0));
  outcome("munmap not aligned", munmap(page + 8, PAGE));
  outcome("munmap beyond user space", munmap((void *)((unsigned long)1 << 62), PAGE));
  truth("the page is still there", readable(page));
  return 0;
}
