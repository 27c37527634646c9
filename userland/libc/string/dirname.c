/* dirname(3), POSIX: changes its argument. */
#include <libgen.h>
#include <string.h>

char *dirname(char *path) {
  if (!path || !*path) return ".";
  size_t end = strlen(path);
  while (end > 0 && path[end - 1] == '/') end--;
  if (end == 0) return "/";
  while (end > 0 && path[end - 1] != '/') end--;
  if (end == 0) return ".";
  while (end > 0 && path[end - 1] == '/') end--;
  if (end == 0) return "/";
  path[end] = 0;
  return path;
}
