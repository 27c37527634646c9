/* See mode.h. */
#include "mode.h"
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The rights of one class (u, g or o) for all of `who`. */
static mode_t copied(mode_t mode, char class, mode_t who) {
  mode_t bits = (class == 'u' ? mode >> 6 : class == 'g' ? mode >> 3 : mode) & 7;
  return (bits << 6 | bits << 3 | bits) & who;
}

int mode_change(const char *text, mode_t mode, mode_t mask, mode_t *result) {
  int is_directory = S_ISDIR(mode);
  mode &= 07777;
  if (*text >= '0' && *text <= '7') {
    char *end;
    unsigned long value = strtoul(text, &end, 8);
    if (*end || value > 07777) return -1;
    /* Few digits leave a directory's set-ID bits alone. */
    if (is_directory && strlen(text) < 5) value |= mode & (S_ISUID | S_ISGID);
    *result = (mode_t)value;
    return 0;
  }
  if (!*text) return -1;
  for (const char *at = text;; at++) {
    mode_t who = 0;
    for (; *at && strchr("ugoa", *at); at++)
      who |= *at == 'u' ? 04700 : *at == 'g' ? 02070 : *at == 'o' ? 01007 : 07777;
    int all = who == 0;
    if (all) who = 07777;
    if (!*at || !strchr("+-=", *at)) return -1;
    while (*at && strchr("+-=", *at)) {
      char sign = *at++;
      mode_t bits = 0;
      if (all && *at >= '0' && *at <= '7') { /* +111, =644: all of it, whatever the umask */
        char *end;
        unsigned long value = strtoul(at, &end, 8);
        if ((*end && *end != ',') || value > 07777) return -1;
        at = end;
        mode = sign == '+' ? mode | (mode_t)value : sign == '-' ? mode & ~(mode_t)value : (mode_t)value;
        break;
      }
      if (*at && strchr("ugo", *at)) bits = copied(mode, *at++, who);
      else
        for (; *at && strchr("rwxXst", *at); at++) {
          if (*at == 'X') bits |= is_directory || (mode & 0111) ? 0111 : 0;
          else bits |= *at == 'r' ? 0444 : *at == 'w' ? 0222 : *at == 'x' ? 0111 : *at == 's' ? 06000 : 01000;
        }
      bits &= who;
      if (all) bits &= ~mask;
      if (sign == '+') mode |= bits;
      else if (sign == '-') mode &= ~bits;
      else mode = (mode & ~(who & (is_directory ? 01777 : 07777))) | bits;
    }
    if (!*at) break;
    if (*at != ',') return -1;
  }
  *result = mode;
  return 0;
}
