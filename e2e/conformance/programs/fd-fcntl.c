/*
 * fcntl: duplicating above a number, the descriptor's flag, the description's flags. fcntl(2): F_DUPFD,
 * F_DUPFD_CLOEXEC, F_GETFD, F_SETFD, F_GETFL, F_SETFL.
 */
#include "expect.h"
#include <fcntl.h>

#define SHOWN (O_ACCMODE | O_APPEND | O_NONBLOCK)

static void flags(const char *what, int fd) {
  int set = fcntl(fd, F_GETFL);
  if (set == -1) {
    outcome(what, -1);
    return;
  }
  static const char *const access[] = {"read", "write", "both", "none"};
  say("%s: %s%s%s\n", what, access[set & O_ACCMODE], set & O_APPEND ? " append" : "",
      set & O_NONBLOCK ? " nonblock" : "");
}

int main(void) {
  int file = open("data", O_RDWR | O_CREAT | O_TRUNC | O_EXCL, 0600);
  int reader = open("data", O_RDONLY | O_NONBLOCK);
  int writer = open("data", O_WRONLY | O_APPEND);
  flags("read and write", file);
  flags("reader", reader);
  flags("writer", writer);
  flags("closed", 70);
  number("dup above 30", fcntl(file, F_DUPFD, 30));
  number("above 30 again", fcntl(file, F_DUPFD, 30));
  number("with close-on-exec", fcntl(file, F_DUPFD_CLOEXEC, 30));
  say("close-on-exec: %d %d %d\n", fcntl(30, F_GETFD), fcntl(31, F_GETFD), fcntl(32, F_GETFD));
  outcome("above a negative", fcntl(file, F_DUPFD, -1));
  outcome("above the limit", fcntl(file, F_DUPFD, 0x7fffffff));
  outcome("set close-on-exec", fcntl(30, F_SETFD, FD_CLOEXEC));
  number("set", fcntl(30, F_GETFD));
  number("a duplicate's is its own", fcntl(31, F_GETFD));
  outcome("unset", fcntl(30, F_SETFD, 0));
  number("unset", fcntl(30, F_GETFD));

  outcome("append", fcntl(file, F_SETFL, O_APPEND));
  flags("now", file);
  flags("its duplicates too", 31);
  flags("but not another description", reader);
  outcome("the access mode cannot change", fcntl(reader, F_SETFL, O_RDWR | O_APPEND));
  flags("reader", reader);
  outcome("none", fcntl(file, F_SETFL, 0));
  flags("none", file);
  outcome("unknown command", fcntl(file, 9999));
  outcome("on a closed one", fcntl(70, F_SETFD, 1));
  outcome("write to the reader", write(reader, "x", 1));
  char byte;
  outcome("read from the writer", read(writer, &byte, 1));
  return 0;
}
