/*
 * One read(2) over several pages in different states: written, never touched, shared with a child after
 * fork, and a read-only page in the way, where it stops short. read(2): partial reads, EFAULT.
 */
#include "expect.h"
#include <fcntl.h>
#include <sys/mman.h>

int main(void) {
  int file = open("data", O_RDWR | O_CREAT | O_TRUNC, 0600);
  make_letters(file, 4 * PAGE);
  char *area = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  area[0] = '1';
  area[2 * PAGE] = '3';
  pid_t child = fork();
  if (child == 0) {
    lseek(file, 0, SEEK_SET);
    number("child reads all", read(file, area, 4 * PAGE));
    say("child: %c%c%c%c\n", area[0], area[PAGE], area[2 * PAGE], area[4 * PAGE - 1]);
    _exit(0);
  }
  reap("child", child);
  say("parent: %c %d %c %d\n", area[0], area[PAGE], area[2 * PAGE], area[4 * PAGE - 1]);

  lseek(file, 0, SEEK_SET);
  number("odd start and length", read(file, area + PAGE - 3, PAGE + 6));
  say("edges: %c%c%c|%c ... %c|%c%c%c, then %d\n", area[PAGE - 3], area[PAGE - 2], area[PAGE - 1],
      area[PAGE], area[2 * PAGE - 1], area[2 * PAGE], area[2 * PAGE + 1], area[2 * PAGE + 2],
      area[2 * PAGE + 3]);

  mprotect(area + 2 * PAGE, PAGE, PROT_READ);
  lseek(file, 0, SEEK_SET);
  outcome("all of it forbidden", read(file, area + 2 * PAGE, 10));
  number("offset after EFAULT", lseek(file, 0, SEEK_CUR));
  return 0;
}
