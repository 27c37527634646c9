/* readlink: where a symbolic link points; -f, -e and -m the path without any links. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tools/tool.h"

static const char usage[] =
    "readlink [-fem] [-nvz] FILE...\n"
    "Prints where a symbolic link points. -f, -e, -m: the absolute path without any links, of which the last part may be missing,\n"
    "none may, all may.\n"
    "  -n  no newline behind it   -v  complain   -z  end with NUL\n";

/* The path without links as far as it exists, with the rest behind it. */
static int resolve_missing(const char *path, char *target) {
  char start[PATH_MAX], rest[PATH_MAX] = "";
  if (snprintf(start, sizeof start, "%s", path) >= (int)sizeof start) return -1;
  while (!realpath(*start ? start : ".", target)) {
    char *slash = strrchr(start, '/'), *name = slash ? slash + 1 : start, longer[PATH_MAX];
    if (*name && snprintf(longer, sizeof longer, *rest ? "%s/%s" : "%s%s", name, rest) < (int)sizeof longer) strcpy(rest, longer);
    if (slash == start && start[1]) start[1] = 0;
    else if (slash) *slash = 0;
    else *start = 0;
  }
  for (char *at = rest, *name; (name = strsep(&at, "/"));) {
    size_t size = strlen(target);
    if (strcmp(name, "..") == 0) {
      char *slash = strrchr(target, '/');
      slash[slash == target] = 0;
    } else if (*name && strcmp(name, ".")) {
      if (size + strlen(name) + 2 > PATH_MAX) return -1;
      if (size > 1) target[size++] = '/';
      strcpy(target + size, name);
    }
  }
  return 0;
}

/* Whether all but the last part exists. */
static int has_parent(const char *path) {
  char parent[PATH_MAX];
  size_t size = strlen(path);
  while (size > 1 && path[size - 1] == '/') size--;
  while (size > 0 && path[size - 1] != '/') size--;
  if (size >= sizeof parent) return 0;
  snprintf(parent, sizeof parent, "%.*s", (int)size, path);
  return !*parent || access(parent, F_OK) == 0;
}

static int resolve(const char *path, char how, char target[PATH_MAX], int links) {
  if (realpath(path, target)) return 0;
  if (how == 'e' || !*path || (errno != ENOENT && how == 'f')) return -1;
  if (how == 'm') return resolve_missing(path, target);
  char pointed[PATH_MAX], full[PATH_MAX]; /* a link whose target is missing: the target's path */
  ssize_t size = readlink(path, pointed, sizeof pointed - 1);
  if (size < 0 && !has_parent(path)) return errno = ENOENT, -1;
  if (size < 0) return resolve_missing(path, target);
  pointed[size] = 0;
  const char *slash = strrchr(path, '/');
  if (snprintf(full, sizeof full, "%.*s%s", *pointed == '/' || !slash ? 0 : (int)(slash - path + 1), path, pointed) >= (int)sizeof full) return -1;
  return links < 40 ? resolve(full, how, target, links + 1) : -1;
}

int main(int argc, char **argv) {
  int status = 0, complains = 0, bare = 0;
  char how = 0, end = '\n';
  tool_start(argc, argv, usage);
  for (int option; (option = tool_option(argc, argv, "f(canonicalize)e(canonicalize-existing)m(canonicalize-missing)n(no-newline)q(quiet)s(silent)v(verbose)z(zero)")) != -1;) {
    if (strchr("fem", option)) how = (char)option;
    else if (option == 'n') bare = 1;
    else if (option == 'z') end = 0;
    else complains = option == 'v';
  }
  if (optind == argc) {
    tool_complain("missing operand");
    tool_bad_usage();
  }
  if (bare && argc - optind > 1) tool_complain("ignoring --no-newline with multiple arguments"), bare = 0;
  for (; optind < argc; optind++) {
    char target[PATH_MAX];
    ssize_t size = how ? resolve(argv[optind], how, target, 0) : readlink(argv[optind], target, sizeof target - 1);
    if (size < 0) {
      status = 1;
      if (complains) tool_failed_on(argv[optind]);
      continue;
    }
    if (!how) target[size] = 0;
    fputs(target, stdout);
    if (!bare) putchar(end);
  }
  return tool_finish(status);
}
