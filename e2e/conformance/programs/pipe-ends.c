/*
 * Which calls a pipe's ends refuse, and pipe2's flags. pipe(2): ERRORS; read(2), write(2), lseek(2).
 */
/* native-only: qemu-user leaves both descriptors open when it cannot store them */
#include "expect.h"
#include <fcntl.h>
#include <sys/stat.h>

int main(void) {
  int ends[2];
  char byte = 'x';
  outcome("pipe", pipe(ends));
  truth("two different descriptors", ends[0] != ends[1] && ends[0] > 2 && ends[1] > 2);
  outcome("write to the read end", write(ends[0], &byte, 1));
  outcome("read from the write end", read(ends[1], &byte, 1));
  outcome("lseek", lseek(ends[0], 0, SEEK_CUR));
  outcome("pread", pread(ends[0], &byte, 1, 0));
  outcome("pwrite", pwrite(ends[1], &byte, 1, 0));
  outcome("ftruncate", ftruncate(ends[1], 0));
  outcome("fchdir", fchdir(ends[0]));
  number("write", write(ends[1], "abc", 3));
  number("read of nothing", read(ends[0], &byte, 0));
  outcome("bad buffer", read(ends[0], nowhere(), 1));
  number("read", read(ends[0], &byte, 1));
  say("EFAULT took nothing: %c\n", byte);
  outcome("bad source", write(ends[1], nowhere(), 1));
  struct stat meta;
  outcome("fstat", fstat(ends[0], &meta));
  truth("is a FIFO", S_ISFIFO(meta.st_mode));

  int plain[2], special[2];
  outcome("no flags", pipe2(plain, 0));
  number("close-on-exec", fcntl(plain[0], F_GETFD));
  number("flags of the read end", fcntl(plain[0], F_GETFL) & (O_ACCMODE | O_NONBLOCK));
  number("flags of the write end", fcntl(plain[1], F_GETFL) & (O_ACCMODE | O_NONBLOCK));
  outcome("both flags", pipe2(special, O_CLOEXEC | O_NONBLOCK));
  number("close-on-exec", fcntl(special[0], F_GETFD) & fcntl(special[1], F_GETFD));
  truth("non-blocking", (fcntl(special[0], F_GETFL) & fcntl(special[1], F_GETFL) & O_NONBLOCK) != 0);
  outcome("unknown flag", pipe2(special, O_APPEND));
  int next = dup(0);
  close(next);
  outcome("bad address", pipe(nowhere()));
  truth("leaves nothing open", dup(0) == next);
  return 0;
}
