/* ln: another name for a file; -s a symbolic link. */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include "tools/copy.h"
#include "tools/tool.h"

static const char usage[] =
    "ln [-sfinvT] FILE [NAME]\n"
    "       ln [-sfinv] FILE... DIRECTORY\n"
    "Makes NAME (default: here, under the same name) a link to FILE.\n"
    "  -s  a symbolic link    -f  replace what is there   -i  ask first\n"
    "  -n -T  a link to a directory is no directory       -v  say what is made\n";


static int symbolic, force, asks, says, relative, follows;

/* What a link at `to` has to say to lead to `from`, in a block of its own; null when one of them has no place. */
static char *relative_to(const char *from, const char *to) {
  char target[4096], folder[4096], *copy = strdup(to), *path = malloc(2 * 4096);
  if (!copy || !path) exit(tool_failed("malloc"));
  int known = realpath(dirname(copy), folder) && realpath(from, target);
  free(copy);
  if (!known) return 0;
  size_t same = 0; /* up to where both go the same way */
  for (size_t i = 0; folder[i] == target[i] && folder[i]; i++)
    if (folder[i + 1] == '/' || !folder[i + 1])
      if (target[i + 1] == '/' || !target[i + 1]) same = i + 1;
  if (!folder[1]) same = 0, *folder = 0;
  *path = 0;
  for (const char *c = folder + same; *c; c++)
    if (*c == '/') strcat(path, *path ? "/.." : "..");
  const char *rest = target + same;
  while (*rest == '/') rest++;
  if (*rest) strcat(strcat(path, *path ? "/" : ""), rest);
  if (!*path) strcpy(path, ".");
  return path;
}

static int make(const char *from, const char *to) {
  char text[560];
  struct stat s, other;
  char *turned = relative && symbolic ? relative_to(from, to) : 0;
  if (!symbolic && (follows ? stat(from, &s) : lstat(from, &s)) < 0) {
    snprintf(text, sizeof text, "failed to access '%.256s'", from);
    return tool_failed(text);
  }
  if (!symbolic && S_ISDIR(s.st_mode)) return tool_complain("%s: hard link not allowed for directory", from);
  if ((force || asks) && lstat(to, &other) == 0) {
    if (!symbolic && s.st_dev == other.st_dev && s.st_ino == other.st_ino)
      return tool_complain("'%s' and '%s' are the same file", from, to);
    if (S_ISDIR(other.st_mode)) return tool_complain("%s: cannot overwrite directory", to);
    if (asks && !copy_asks("replace '%s'?", to)) return 0;
    unlink(to);
  }
  int failed = symbolic ? symlink(turned ? turned : from, to) : linkat(AT_FDCWD, from, AT_FDCWD, to, follows ? AT_SYMLINK_FOLLOW : 0);
  if (turned) from = turned;
  if (failed == 0) {
    if (says) printf("'%s' %s '%s'\n", to, symbolic ? "->" : "=>", from);
    return 0;
  }
  if (symbolic && errno == ENOENT && !*from)
    snprintf(text, sizeof text, "failed to create symbolic link '%.256s' -> ''", to);
  else if (symbolic || errno == EEXIST)
    snprintf(text, sizeof text, "failed to create %s link '%.256s'", symbolic ? "symbolic" : "hard", to);
  else
    snprintf(text, sizeof text, "failed to create hard link '%.256s' => '%.256s'", to, from);
  return tool_failed(text);
}

int main(int argc, char **argv) {
  int whole = 0, shallow = 0, status = 0;
  const char *directory = 0;
  tool_start(argc, argv, usage);
  for (int option; (option = tool_option(argc, argv, "s(symbolic)f(force)i(interactive)n(no-dereference)T(no-target-directory)v(verbose)t:(target-directory)r(relative)L(logical)P(physical)")) != -1;) {
    switch (option) {
      case 's': symbolic = 1; break;
      case 'f': force = 1, asks = 0; break;
      case 'i': asks = 1, force = 0; break;
      case 'n': shallow = 1; break;
      case 'T': whole = 1; break;
      case 'v': says = 1; break;
      case 't': directory = optarg; break;
      case 'r': relative = 1; break;
      case 'L': follows = 1; break;
      case 'P': follows = 0; break;
    }
  }
  if (relative && !symbolic) return tool_complain("cannot do --relative without --symbolic");
  int count = argc - optind;
  if (count < 1) {
    tool_complain("missing file operand");
    tool_bad_usage();
  }
  const char *to = directory ? directory : count == 1 ? "." : argv[argc - 1];
  struct stat s;
  if (shallow && lstat(to, &s) == 0 && S_ISLNK(s.st_mode)) whole = 1;
  if ((directory || count > 2) && !copy_into(to, directory != 0)) return 1;
  for (int at = optind; at < (count == 1 || directory ? argc : argc - 1); at++) {
    char room[4096];
    status |= make(argv[at], whole ? to : copy_target(argv[at], to, room));
  }
  return tool_finish(status);
}
