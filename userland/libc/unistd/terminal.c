/* Terminals and pseudo-terminals: termios(3), tcsetpgrp(3), posix_openpt(3), all ioctls (ioctl_tty(2)). */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

int tcgetattr(int fd, struct termios *to) { return ioctl(fd, TCGETS, to); }

int tcsetattr(int fd, int when, const struct termios *from) {
  if (when < TCSANOW || when > TCSAFLUSH) {
    errno = EINVAL;
    return -1;
  }
  return ioctl(fd, TCSETS + (unsigned)when, from); /* TCSETS, TCSETSW, TCSETSF follow each other */
}

int tcflush(int fd, int queue) { return ioctl(fd, TCFLSH, queue); }
int tcdrain(int fd) { return ioctl(fd, TCSBRK, 1); }
int tcflow(int fd, int action) { return ioctl(fd, TCXONC, action); }
int tcsendbreak(int fd, int duration) {
  (void)duration;
  return ioctl(fd, TCSBRK, 0);
}

void cfmakeraw(struct termios *termios) {
  termios->c_iflag &= ~(unsigned)(IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON);
  termios->c_oflag &= ~(unsigned)OPOST;
  termios->c_lflag &= ~(unsigned)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
  termios->c_cflag = (termios->c_cflag & ~(unsigned)(CSIZE | PARENB)) | CS8;
  termios->c_cc[VMIN] = 1;
  termios->c_cc[VTIME] = 0;
}

int isatty(int fd) {
  struct winsize size;
  return ioctl(fd, TIOCGWINSZ, &size) == 0;
}

pid_t tcgetpgrp(int fd) {
  pid_t group;
  return ioctl(fd, TIOCGPGRP, &group) < 0 ? -1 : group;
}
int tcsetpgrp(int fd, pid_t group) { return ioctl(fd, TIOCSPGRP, &group); }
pid_t tcgetsid(int fd) {
  pid_t session;
  return ioctl(fd, TIOCGSID, &session) < 0 ? -1 : session;
}

int ttyname_r(int fd, char *buffer, size_t size) {
  char link[32];
  if (!isatty(fd)) return errno;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, buffer, size);
  if (length < 0) return errno;
  if ((size_t)length == size) return ERANGE;
  buffer[length] = 0;
  return 0;
}

char *ttyname(int fd) {
  static char name[64];
  errno = ttyname_r(fd, name, sizeof name);
  return errno == 0 ? name : 0;
}

int posix_openpt(int flags) { return open("/dev/ptmx", flags); }
int grantpt(int fd) {
  int number;
  return ioctl(fd, TIOCGPTN, &number); /* devpts gives the right owner by itself */
}
int unlockpt(int fd) {
  int locked = 0;
  return ioctl(fd, TIOCSPTLCK, &locked);
}

int ptsname_r(int fd, char *buffer, size_t size) {
  int number;
  if (ioctl(fd, TIOCGPTN, &number) < 0) return errno;
  return snprintf(buffer, size, "/dev/pts/%d", number) < (int)size ? 0 : ERANGE;
}

char *ptsname(int fd) {
  static char name[24];
  errno = ptsname_r(fd, name, sizeof name);
  return errno == 0 ? name : 0;
}
