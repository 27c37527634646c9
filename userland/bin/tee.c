/* tee: copies standard input to standard output and to files; -a appends, -i ignores interrupts. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>
#include "tools/tool.h"

int main(int argc, char **argv) {
  static char buffer[4096];
  int mode = O_TRUNC, status = 0;
  tool_start(argc, argv, "tee [-ai] [FILE]...\nCopies standard input to standard output and to the files; -a appends to them.\n");
  for (int option; (option = getopt(argc, argv, "ai")) != -1;) {
    if (option == 'a') mode = O_APPEND;
    else if (option == 'i') signal(SIGINT, SIG_IGN);
    else tool_bad_usage();
  }
  int count = argc - optind + 1, *fds = malloc((size_t)count * sizeof *fds);
  if (!fds) return tool_failed("malloc");
  fds[0] = 1;
  for (int i = 1; i < count; i++) {
    const char *name = argv[optind + i - 1];
    fds[i] = open(name, O_WRONLY | O_CREAT | mode, 0666);
    if (fds[i] < 0) status = tool_failed(name);
  }
  ssize_t got;
  while ((got = read(0, buffer, sizeof buffer)) != 0) {
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return tool_failed("read error");
    for (int i = 0; i < count; i++)
      for (ssize_t at = 0, done; fds[i] >= 0 && at < got; at += done)
        if ((done = write(fds[i], buffer + at, (size_t)(got - at))) < 0) {
          status = tool_failed(i == 0 ? "standard output" : argv[optind + i - 1]);
          fds[i] = -1;
          break;
        }
  }
  return status;
}
