/*
 * dup takes the lowest free number, dup2 and dup3 a given one, closing what was there; they share the
 * offset but not close-on-exec. dup(2).
 */
#include "expect.h"
#include <fcntl.h>

int main(void) {
  int file = open("data", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (write(file, "0123456789", 10) != 10) return 1;
  int base = file;
  int copy = dup(file);
  truth("the lowest free", copy == base + 1);
  number("close-on-exec not copied", fcntl(copy, F_GETFD));
  number("the original's stays", fcntl(file, F_GETFD));
  lseek(file, 3, SEEK_SET);
  number("common offset", lseek(copy, 0, SEEK_CUR));
  int third = dup(file);
  close(copy);
  truth("the gap is filled first", dup(file) == copy);
  close(third);

  truth("dup2 to a free number", dup2(file, 50) == 50);
  truth("dup2 onto itself", dup2(file, file) == file);
  number("which keeps close-on-exec", fcntl(file, F_GETFD));
  int ends[2];
  if (pipe(ends) != 0) return 1;
  truth("dup2 onto the only write end", dup2(file, ends[1]) == ends[1]);
  char byte;
  number("closes it", read(ends[0], &byte, 1));
  outcome("dup2 from a closed one", dup2(77, 50));
  outcome("and leaves the target open", fcntl(50, F_GETFD) == -1 ? -1 : 0);
  outcome("dup2 of a closed one onto itself", dup2(77, 77));
  outcome("dup2 to -1", dup2(file, -1));
  outcome("dup2 beyond the limit", dup2(file, 0x7fffffff));
  outcome("dup of a closed one", dup(77));

  truth("dup3", dup3(file, 51, O_CLOEXEC) == 51);
  number("with close-on-exec", fcntl(51, F_GETFD));
  outcome("dup3 onto itself", dup3(file, file, 0));
  outcome("dup3 with another flag", dup3(file, 52, O_NONBLOCK));
  outcome("close", close(51));
  outcome("close twice", close(51));
  outcome("close -1", close(-1));
  outcome("read from a closed one", read(51, &byte, 1));
  close(file);
  number("a copy reads on", pread(50, &byte, 1, 9));
  say("got %c\n", byte);
  return 0;
}
