/*
 * A pseudoterminal for the tty programs: the test holds the master, as a person would hold the keyboard and
 * look at the screen, and says what appears there with control characters by name. pty(7).
 */
#ifndef PTY_H
#define PTY_H

#include "expect.h"
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>

static int master;

/* Opens a new pair; the slave does not become anybody's controlling terminal yet. */
static inline int open_pty(void) {
  int locked = 0;
  unsigned number = 0;
  char path[32];
  master = open("/dev/ptmx", O_RDWR | O_NOCTTY);
  if (master < 0 || ioctl(master, TIOCSPTLCK, &locked) != 0 || ioctl(master, TIOCGPTN, &number) != 0) {
    outcome("/dev/ptmx", -1);
    _exit(122);
  }
  snprintf(path, sizeof path, "/dev/pts/%u", number);
  return open(path, O_RDWR | O_NOCTTY);
}

static inline void type_keys(const char *keys) {
  if (write(master, keys, strlen(keys)) != (long)strlen(keys)) _exit(121);
}

/* Says bytes in a printable way. */
static inline void show_bytes(const char *what, const char *bytes, long length) {
  char text[400];
  int at = 0;
  if (length < 0) {
    outcome(what, -1);
    return;
  }
  for (long i = 0; i < length && at < 380; i++) {
    unsigned char byte = (unsigned char)bytes[i];
    if (byte == '\n')
      at += snprintf(text + at, 8, "\\n");
    else if (byte == '\r')
      at += snprintf(text + at, 8, "\\r");
    else if (byte == '\b')
      at += snprintf(text + at, 8, "\\b");
    else if (byte < 32 || byte > 126)
      at += snprintf(text + at, 8, "<%02x>", byte);
    else
      text[at++] = (char)byte;
  }
  text[at] = 0;
  say("%s: %ld '%s'\n", what, length, text);
}

/* What has come to the screen, until nothing comes for a while. */
static inline void screen(const char *what) {
  static char bytes[2000];
  long length = 0, got;
  struct pollfd ready = {master, POLLIN, 0};
  while (poll(&ready, 1, 60) == 1 && (ready.revents & POLLIN) &&
         (got = read(master, bytes + length, sizeof bytes - (size_t)length)) > 0)
    length += got;
  show_bytes(what, bytes, length);
}

/* What one read of the slave gives. */
static inline void line(const char *what, int slave, long size) {
  char bytes[256];
  show_bytes(what, bytes, read(slave, bytes, (size_t)size));
}

#endif
