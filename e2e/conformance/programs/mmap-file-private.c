/*
 * A private file mapping shows the file, its last page ends in zeros, stores stay out of the file, and
 * the descriptor may be closed. mmap(2): MAP_PRIVATE.
 */
#include "expect.h"
#include <fcntl.h>
#include <sys/mman.h>

int main(void) {
  int file = open("letters", O_RDWR | O_CREAT, 0600);
  make_letters(file, 2 * PAGE + 100);
  char *map = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
  char *second = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, file, PAGE);
  close(file);
  say("pages begin with %c %c %c\n", map[0], map[PAGE], map[2 * PAGE]);
  truth("offset of one page", memcmp(second, map + PAGE, PAGE) == 0);
  say("around the end: '%c' %d %d\n", map[2 * PAGE + 99], map[2 * PAGE + 100], map[3 * PAGE - 1]);

  map[0] = 'X';
  map[2 * PAGE + 100] = 'Y'; /* beyond the end, in the last page */
  char bytes[4] = {0};
  file = open("letters", O_RDWR);
  number("file's length", lseek(file, 0, SEEK_END));
  number("read", pread(file, bytes, 1, 0));
  say("the file has %c, the mapping %c\n", bytes[0], map[0]);

  pid_t child = fork();
  if (child == 0) {
    say("child: %c%c\n", map[0], map[PAGE]);
    map[PAGE] = 'C';
    _exit(map[PAGE]);
  }
  reap("child", child);
  say("parent: %c%c\n", map[0], map[PAGE]);

  /* The kernel writes into a copy of its own too. */
  lseek(file, 5, SEEK_SET);
  number("read into the mapping", read(file, map + PAGE + 1, 3));
  say("mapping %c%c%c%c, second %c%c%c%c\n", map[PAGE], map[PAGE + 1], map[PAGE + 2], map[PAGE + 3],
      second[0], second[1], second[2], second[3]);
  /* Unlinked, it is still there. */
  unlink("letters");
  truth("unlinked file is still mapped", second[PAGE - 1] == map[2 * PAGE - 1]);
  return 0;
}
