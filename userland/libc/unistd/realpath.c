/* realpath(3): the absolute path without symbolic links, "." and "..". */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LINKS_MAX 40

char *realpath(const char *restrict path, char *restrict resolved) {
  char done[PATH_MAX], left[PATH_MAX], target[PATH_MAX];
  int links = 0;
  if (!*path) {
    errno = ENOENT;
    return 0;
  }
  if (strlcpy(left, path, sizeof left) >= sizeof left) goto too_long;
  done[0] = 0;
  if (*path != '/' && !getcwd(done, sizeof done)) return 0;
  if (strcmp(done, "/") == 0) done[0] = 0;

  for (char *rest = left, *name; (name = strsep(&rest, "/"));) {
    size_t length = strlen(done);
    if (!*name || strcmp(name, ".") == 0) continue;
    if (strcmp(name, "..") == 0) {
      char *slash = strrchr(done, '/');
      if (slash) *slash = 0;
      continue;
    }
    strlcat(done, "/", sizeof done);
    if (strlcat(done, name, sizeof done) >= sizeof done) goto too_long;
    struct stat status;
    if (lstat(done, &status) < 0) return 0;
    if (S_ISLNK(status.st_mode)) {
      if (++links > LINKS_MAX) {
        errno = ELOOP;
        return 0;
      }
      ssize_t size = readlink(done, target, sizeof target - 1);
      if (size < 0) return 0;
      target[size] = 0;
      if (rest) {
        strlcat(target, "/", sizeof target);
        if (strlcat(target, rest, sizeof target) >= sizeof target) goto too_long;
      }
      done[*target == '/' ? 0 : length] = 0;
      strcpy(left, target);
      rest = left;
    } else if (rest && *rest && !S_ISDIR(status.st_mode)) {
      errno = ENOTDIR;
      return 0;
    }
  }
  if (!*done) strcpy(done, "/");
  return resolved ? strcpy(resolved, done) : strdup(done);

too_long:
  errno = ENAMETOOLONG;
  return 0;
}
