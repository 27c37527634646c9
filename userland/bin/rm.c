/* rm: removes files; -r directories with what is in them, -f without complaint about missing ones. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "tools/tool.h"

static int force, recursive;

static int fail(const char *path) {
  char text[300];
  snprintf(text, sizeof text, "cannot remove '%.256s'", path);
  return tool_failed(text);
}

static int remove_path(const char *path) {
  struct stat s;
  int status = 0;
  if (lstat(path, &s) < 0) return force && errno == ENOENT ? 0 : fail(path);
  if (!S_ISDIR(s.st_mode)) return unlink(path) < 0 ? fail(path) : 0;
  if (!recursive) {
    errno = EISDIR;
    return fail(path);
  }
  /* Removing entries while reading can skip some of them, so read again until none is left. */
  for (int removed = 1; removed && !status;) {
    DIR *directory = opendir(path);
    if (!directory) return fail(path);
    removed = 0;
    for (struct dirent *entry; !status && (entry = readdir(directory));) {
      char below[4096];
      if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
      snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
      status = remove_path(below);
      removed = 1;
    }
    closedir(directory);
  }
  return status || (rmdir(path) < 0 ? fail(path) : 0);
}

int main(int argc, char **argv) {
  int status = 0;
  tool_start(argc, argv, "rm [-fr] FILE...\nRemoves files; -r directories too; -f ignores missing ones.\n");
  for (int option; (option = getopt(argc, argv, "frR")) != -1;) {
    if (option == 'f') force = 1;
    else if (option == '?') tool_bad_usage(1);
    else recursive = 1;
  }
  if (optind == argc && !force) {
    tool_complain("missing operand");
    tool_bad_usage(1);
  }
  for (; optind < argc; optind++) {
    const char *name = basename(argv[optind]);
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
      status = tool_complain("refusing to remove '.' or '..': '%s'", argv[optind]);
    else
      status |= remove_path(argv[optind]);
  }
  return status;
}
