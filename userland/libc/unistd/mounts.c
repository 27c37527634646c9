/* getmntent(3): the lines of /proc/mounts or /etc/fstab. What it returns stays until the next call. */
#include <mntent.h>
#include <stdlib.h>
#include <string.h>

FILE *setmntent(const char *path, const char *mode) { return fopen(path, mode); }

int endmntent(FILE *file) {
  if (file) fclose(file);
  return 1;
}

/* Blanks and backslashes in names are written as \ooo. */
static char *decoded(char *text) {
  char *to = text;
  for (char *from = text; *from;) {
    int is_octal = *from == '\\' && from[1] >= '0' && from[1] <= '3' && from[2] >= '0' && from[2] <= '7' && from[3] >= '0' && from[3] <= '7';
    *to++ = is_octal ? (char)((from[1] - '0') * 64 + (from[2] - '0') * 8 + (from[3] - '0')) : *from;
    from += is_octal ? 4 : 1;
  }
  *to = 0;
  return text;
}

struct mntent *getmntent(FILE *file) {
  static char line[4096];
  static struct mntent mount;
  while (fgets(line, sizeof line, file)) {
    char *rest = line, *fields[6];
    int count = 0;
    while (count < 6 && (fields[count] = strtok_r(rest, " \t\n", &rest))) count++;
    if (count < 4 || *fields[0] == '#') continue;
    mount = (struct mntent){decoded(fields[0]), decoded(fields[1]), decoded(fields[2]), decoded(fields[3]),
                            count > 4 ? atoi(fields[4]) : 0, count > 5 ? atoi(fields[5]) : 0};
    return &mount;
  }
  return 0;
}

char *hasmntopt(const struct mntent *mount, const char *option) {
  size_t length = strlen(option);
  for (char *at = mount->mnt_opts; at; at = strchr(at, ',')) {
    at += *at == ',';
    if (strncmp(at, option, length) == 0 && (!at[length] || at[length] == ',' || at[length] == '=')) return at;
  }
  return 0;
}
