/* ln: another name for a file; -s a symbolic link. */
#include <getopt.h>
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>
#include "tools/copy.h"
#include "tools/tool.h"

static const char usage[] =
    "ln [-sfinvT] FILE [NAME]\n"
    "       ln [-sfinv] FILE... DIRECTORY\n"
    "Makes NAME (default: here, under the same name) a link to FILE.\n"
    "  -s  a symbolic link    -f  replace what is there   -i  ask first\n"
    "  -n -T  a link to a directory is no directory       -v  say what is made\n";

static const struct option longs[] = {{"symbolic", 0, 0, 's'}, {"force", 0, 0, 'f'}, {"interactive", 0, 0, 'i'},
    {"no-dereference", 0, 0, 'n'}, {"no-target-directory", 0, 0, 'T'}, {"verbose", 0, 0, 'v'}, {0, 0, 0, 0}};

static int symbolic, force, asks, says;

static int make(const char *from, const char *to) {
  char text[560];
  struct stat s, other;
  if (!symbolic && lstat(from, &s) < 0) {
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
  if ((symbolic ? symlink(from, to) : link(from, to)) == 0) {
    if (says) printf("'%s' %s '%s'\n", to, symbolic ? "->" : "=>", from);
    return 0;
  }
  if (symbolic || errno == EEXIST)
    snprintf(text, sizeof text, "failed to create %s link '%.256s'", symbolic ? "symbolic" : "hard", to);
  else
    snprintf(text, sizeof text, "failed to create hard link '%.256s' => '%.256s'", to, from);
  return tool_failed(text);
}

int main(int argc, char **argv) {
  int whole = 0, shallow = 0, status = 0;
  tool_start(argc, argv, usage);
  for (int option; (option = getopt_long(argc, argv, "sfinTv", longs, 0)) != -1;) {
    switch (option) {
      case 's': symbolic = 1; break;
      case 'f': force = 1, asks = 0; break;
      case 'i': asks = 1, force = 0; break;
      case 'n': shallow = 1; break;
      case 'T': whole = 1; break;
      case 'v': says = 1; break;
      default: tool_bad_usage();
    }
  }
  int count = argc - optind;
  if (count < 1) {
    tool_complain("missing file operand");
    tool_bad_usage();
  }
  const char *to = count == 1 ? "." : argv[argc - 1];
  struct stat s;
  if (shallow && lstat(to, &s) == 0 && S_ISLNK(s.st_mode)) whole = 1;
  if (count > 2 && !copy_into(to)) return 1;
  for (int at = optind; at < (count == 1 ? argc : argc - 1); at++) {
    char room[4096];
    status |= make(argv[at], whole ? to : copy_target(argv[at], to, room));
  }
  return tool_finish(status);
}
