/* mkstemp(3), mkdtemp(3): a new name in place of the X's, tried until one is free. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>

#define TRIES 100

static int fill_in(char *template) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEF";
  size_t length = strlen(template);
  unsigned char random[6];
  if (length < 6 || strcmp(template + length - 6, "XXXXXX") != 0) {
    errno = EINVAL;
    return -1;
  }
  if (getrandom(random, sizeof random, 0) != sizeof random) return -1;
  for (int i = 0; i < 6; i++) template[length - 6 + (size_t)i] = letters[random[i] & 31];
  return 0;
}

static void restore(char *template) { memcpy(template + strlen(template) - 6, "XXXXXX", 6); }

int mkstemp(char *template) {
  for (int i = 0; i < TRIES; i++) {
    if (fill_in(template) < 0) return -1;
    int fd = open(template, O_RDWR | O_CREAT | O_EXCL, 0600);
    if (fd >= 0 || errno != EEXIST) return fd;
    restore(template);
  }
  return -1;
}

char *mkdtemp(char *template) {
  for (int i = 0; i < TRIES; i++) {
    if (fill_in(template) < 0) return 0;
    if (mkdir(template, 0700) == 0) return template;
    if (errno != EEXIST) return 0;
    restore(template);
  }
  return 0;
}
