/* mv: renames files, or moves them into a directory; between file systems it copies and removes. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "tools/copy.h"
#include "tools/tool.h"

static const char usage[] =
    "mv [-finuvT] FILE... TARGET\n"
    "       mv [-finuv] -t DIRECTORY FILE...\n"
    "Renames a file, or moves files into the directory TARGET.\n"
    "  -i  ask before overwriting   -n  never overwrite     -f  do not ask\n"
    "  -u  only what is newer       -v  say what is done    -T  TARGET is no directory to move into\n";

/* rm -r of what was copied; a process of its own, because removing trees is rm's. */
static int remove_source(const char *path) {
  int status;
  pid_t pid = fork();
  if (pid == 0) {
    execlp("rm", "rm", "-rf", path, (char *)0);
    _exit(127);
  }
  return pid < 0 || waitpid(pid, &status, 0) < 0 || status != 0;
}

static int fail(const char *from, const char *to) {
  char text[560];
  snprintf(text, sizeof text, "cannot move '%.256s' to '%.256s'", from, to);
  return tool_failed(text);
}

static int move(const char *from, const char *to, const struct copying *how) {
  struct stat s, other;
  if (lstat(from, &s) < 0) return copy_failed("stat", from);
  int exists = lstat(to, &other) == 0;
  if (exists && s.st_dev == other.st_dev && s.st_ino == other.st_ino)
    return tool_complain("'%s' and '%s' are the same file", from, to);
  if (exists && S_ISDIR(other.st_mode) && !S_ISDIR(s.st_mode))
    return tool_complain("cannot overwrite directory '%s' with non-directory", to);
  if (exists && !S_ISDIR(other.st_mode) && S_ISDIR(s.st_mode))
    return tool_complain("cannot overwrite non-directory '%s' with directory '%s'", to, from);
  if (!copy_allowed(from, to, how)) return 0;
  if (rename(from, to) < 0) {
    if (errno == EINVAL) return tool_complain("cannot move '%s' to a subdirectory of itself, '%s'", from, to);
    if (errno != EXDEV) return fail(from, to);
    struct copying all = {.recursive = 1, .keep = 1, .keeps_links = 1, .removes = 1};
    if (copy_path(from, to, &all) || remove_source(from)) return 1;
  }
  if (how->says) printf("renamed '%s' -> '%s'\n", from, to);
  return 0;
}

int main(int argc, char **argv) {
  struct copying how = {0};
  const char *directory = 0;
  int whole = 0, status = 0;
  tool_start(argc, argv, usage);
  for (int option; (option = tool_option(argc, argv, "f(force)i(interactive)n(no-clobber)u(update)v(verbose)t:(target-directory)T(no-target-directory)")) != -1;) {
    switch (option) {
      case 'f':
      case 'i':
      case 'n':
        how.asks = option == 'i';
        how.refuses = option == 'n';
        break;
      case 'u': how.newer_only = 1; break;
      case 'v': how.says = 1; break;
      case 't': directory = optarg; break;
      case 'T': whole = 1; break;
    }
  }
  int count;
  const char *to = copy_operands(argc, argv, directory, whole, &count);
  for (int at = optind; at < optind + count; at++) {
    char room[4096];
    status |= move(argv[at], whole ? to : copy_target(argv[at], to, room), &how);
  }
  return tool_finish(status);
}
