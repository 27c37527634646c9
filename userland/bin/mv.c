/* mv: renames files, or moves them into a directory; between file systems it copies and removes. */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include "tools/copy.h"
#include "tools/tool.h"

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

static int move(const char *from, const char *to) {
  if (rename(from, to) == 0) return 0;
  if (errno == EXDEV) return copy_path(from, to, 1, 1) || remove_source(from);
  int error = errno;
  char text[560];
  struct stat s;
  if (lstat(from, &s) < 0) snprintf(text, sizeof text, "cannot stat '%.256s'", from);
  else snprintf(text, sizeof text, "cannot move '%.256s' to '%.256s'", from, to);
  errno = error;
  return tool_failed(text);
}

int main(int argc, char **argv) {
  int status = 0;
  tool_start(argc, argv, "mv FILE... TARGET\nRenames a file, or moves files into the directory TARGET.\n");
  for (int option; (option = getopt(argc, argv, "f")) != -1;)
    if (option == '?') tool_bad_usage(1);
  if (argc - optind < 2) {
    tool_complain(argc == optind ? "missing file operand" : "missing destination");
    tool_bad_usage(1);
  }
  const char *to = argv[argc - 1];
  if (argc - optind > 2 && !copy_into(to)) return 1;
  for (; optind < argc - 1; optind++) {
    char room[4096];
    status |= move(argv[optind], copy_target(argv[optind], to, room));
  }
  return status;
}
