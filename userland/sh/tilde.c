/* Home directories for tilde expansion (XCU 2.6.1): HOME, or the entry of a user in /etc/passwd. */
#include "sh.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

const char *home_directory(void) {
  const char *home = var_get("HOME");
  return home ? home : "/";
}

static char *read_whole(const char *path) {
  struct text t = {0};
  char block[512];
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  text_clear(&t);
  for (ssize_t n; fd >= 0 && (n = read(fd, block, sizeof block)) > 0;) text_bytes(&t, block, (size_t)n);
  if (fd >= 0) close(fd);
  char *s = arena_strndup(&sh.scratch, t.s, t.len);
  text_free(&t);
  return s;
}

/* name:password:uid:gid:comment:home:shell. NULL if there is no such user. */
const char *user_directory(const char *name, size_t n) {
  char *line = n ? read_whole("/etc/passwd") : NULL;
  while (line && *line) {
    char *end = line + strcspn(line, "\n");
    if (strncmp(line, name, n) == 0 && line[n] == ':') {
      char *field = line;
      for (int i = 0; i < 5 && field; i++) field = memchr(field, ':', (size_t)(end - field)), field += field != NULL;
      if (!field) return NULL;
      field[strcspn(field, ":\n")] = 0;
      return field;
    }
    line = *end ? end + 1 : NULL;
  }
  return NULL;
}
