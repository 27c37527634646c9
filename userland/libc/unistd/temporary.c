/* mkstemp(3), mkdtemp(3): a new name in place of the X's, tried until one is free. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>

#define TRIES 100

/* Fills in the six X's that stand before the last `suffix` bytes. */
static int fill_in(char *template, int suffix) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEF";
  size_t length = strlen(template);
  unsigned char random[6];
  if (suffix < 0 || length < 6 + (size_t)suffix || strncmp(template + length - 6 - suffix, "XXXXXX", 6) != 0) {
    errno = EINVAL;
    return -1;
  }
  if (getrandom(random, sizeof random, 0) != sizeof random) return -1;
  for (int i = 0; i < 6; i++) template[length - 6 - (size_t)suffix + (size_t)i] = letters[random[i] & 31];
  return 0;
}

static void restore(char *template, int suffix) { memcpy(template + strlen(template) - 6 - suffix, "XXXXXX", 6); }

int mkostemps(char *template, int suffix, int flags) {
  for (int i = 0; i < TRIES; i++) {
    if (fill_in(template, suffix) < 0) return -1;
    int fd = open(template, O_RDWR | O_CREAT | O_EXCL | flags, 0600);
    if (fd >= 0 || errno != EEXIST) return fd;
    restore(template, suffix);
  }
  return -1;
}

int mkstemps(char *template, int suffix) { return mkostemps(template, suffix, 0); }
int mkostemp(char *template, int flags) { return mkostemps(template, 0, flags); }
int mkstemp(char *template) { return mkostemps(template, 0, 0); }

char *mkdtemp(char *template) {
  for (int i = 0; i < TRIES; i++) {
    if (fill_in(template, 0) < 0) return 0;
    if (mkdir(template, 0700) == 0) return template;
    if (errno != EEXIST) return 0;
    restore(template, 0);
  }
  return 0;
}
