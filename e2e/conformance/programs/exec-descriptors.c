/*
 * Close-on-exec descriptors are closed by a successful execve only; the others stay with their offset.
 * execve(2); fcntl(2): FD_CLOEXEC; open(2): O_CLOEXEC.
 */
/* native-only: qemu-user hands execve to the host, which cannot run a riscv64 file by itself */
#include "expect.h"
#include <fcntl.h>

int main(int argc, char **argv) {
  if (argc > 1) {
    for (int fd = 10; fd < 16; fd++) {
      say("%d ", fd);
      outcome("after exec", fcntl(fd, F_GETFD) == -1 ? -1 : 0);
    }
    char bytes[4] = {0};
    number("reads on", read(10, bytes, 3));
    say("from its offset: %s\n", bytes);
    return 0;
  }
  int file = open("data", O_RDWR | O_CREAT, 0600);
  if (write(file, "0123456789", 10) != 10) return 1;
  lseek(file, 4, SEEK_SET);
  dup2(file, 10);
  dup3(file, 11, O_CLOEXEC);
  dup2(11, 12); /* a duplicate does not inherit the flag */
  dup2(file, 13);
  fcntl(13, F_SETFD, FD_CLOEXEC);
  dup2(open("data", O_RDONLY | O_CLOEXEC), 14);
  fcntl(14, F_SETFD, FD_CLOEXEC);
  dup2(file, 15);
  fcntl(15, F_SETFD, FD_CLOEXEC);
  fcntl(15, F_SETFD, 0);
  char *arguments[] = {"x", "after", NULL}, *environment[] = {NULL};
  pid_t child = fork();
  if (child == 0) {
    outcome("failed exec", execve("missing", arguments, environment));
    truth("leaves them open", fcntl(11, F_GETFD) == FD_CLOEXEC);
    execve(argv[0], arguments, environment);
    _exit(1);
  }
  reap("child", child);
  truth("parent's are as they were", fcntl(11, F_GETFD) == FD_CLOEXEC && fcntl(10, F_GETFD) == 0);
  number("common offset", lseek(file, 0, SEEK_CUR));
  return 0;
}
