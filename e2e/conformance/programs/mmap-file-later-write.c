/*
 * A private file page shows what is later written to the file until this process writes to the page;
 * then it is its own. mmap(2) leaves it unspecified, Linux does it this way.
 */
#include "expect.h"
#include <fcntl.h>
#include <sys/mman.h>

int main(void) {
  int file = open("letters", O_RDWR | O_CREAT, 0600);
  make_letters(file, 2 * PAGE);
  char *map = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
  volatile char *first = map, *second = map + PAGE;
  say("at first: %c %c\n", first[0], second[0]);
  number("write to the file", pwrite(file, "1", 1, 0));
  number("write to the second page", pwrite(file, "2", 1, PAGE));
  say("seen through the mapping: %c %c\n", first[0], second[0]);
  first[1] = '*'; /* now the first page is a copy */
  number("write again", pwrite(file, "3", 1, 0));
  number("write again to the second page", pwrite(file, "4", 1, PAGE));
  say("copied page %c, page of the file %c\n", first[0], second[0]);
  char bytes[3] = {0};
  number("the file", pread(file, bytes, 2, 0));
  say("has %s\n", bytes);
  return 0;
}
