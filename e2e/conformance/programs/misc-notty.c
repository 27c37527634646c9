/*
 * Terminal calls on what is no terminal. ioctl(2), isatty(3): ENOTTY.
 */
/* native-only: qemu-user answers ENOSYS to ioctls that it does not know */
#include "expect.h"
#include <fcntl.h>
#include <sys/syscall.h>

#define GET_ATTRIBUTES 0x5401 /* TCGETS */
#define GET_GROUP 0x540f      /* TIOCGPGRP */
#define GET_SIZE 0x5413       /* TIOCGWINSZ */

static void ask(const char *what, int fd) {
  char buffer[128];
  say("%s: %d", what, isatty(fd));
  outcome(" terminal; attributes", syscall(SYS_ioctl, fd, GET_ATTRIBUTES, buffer));
  outcome(" group", syscall(SYS_ioctl, fd, GET_GROUP, buffer));
  outcome(" size", syscall(SYS_ioctl, fd, GET_SIZE, buffer));
  outcome(" unknown", syscall(SYS_ioctl, fd, 0x7777, buffer));
}

int main(void) {
  int ends[2];
  if (pipe(ends) != 0) return 1;
  ask("file", open("file", O_RDWR | O_CREAT, 0600));
  ask("directory", open(".", O_RDONLY));
  ask("pipe", ends[0]);
  ask("/dev/null", open("/dev/null", O_RDWR));
  ask("closed", 77);
  return 0;
}
