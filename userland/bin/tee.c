/* tee: copies standard input to standard output and to files; -a appends, -i ignores interrupts. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>
#include "tools/tool.h"

static const char usage[] =
    "tee [-aip] [FILE]...\n"
    "Copies standard input to standard output and to the files; -a appends to them, -i ignores interrupts, -p goes on when\n"
    "nobody reads a pipe any more.\n";

int main(int argc, char **argv) {
  static char buffer[16384];
  int mode = O_TRUNC, status = 0, patient = 0;
  tool_start(argc, argv, usage);
  for (int option; (option = tool_option(argc, argv, "a(append)i(ignore-interrupts)p\1::(output-error)")) != -1;) {
    if (option == 'a') mode = O_APPEND;
    else if (option == 'i') signal(SIGINT, SIG_IGN);
    else patient = 1;
  }
  if (patient) signal(SIGPIPE, SIG_IGN);
  int count = argc - optind + 1, *fds = malloc((size_t)count * sizeof *fds), left = 0;
  if (!fds) return tool_failed("malloc");
  fds[0] = 1;
  for (int i = 0; i < count; i++) {
    const char *name = i ? argv[optind + i - 1] : 0;
    if (name) fds[i] = open(name, O_WRONLY | O_CREAT | mode, 0666);
    if (fds[i] < 0) status = tool_failed_on(name);
    left += fds[i] >= 0;
  }
  ssize_t got;
  while (left > 0 && (got = read(0, buffer, sizeof buffer)) != 0) {
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return tool_failed("read error");
    for (int i = 0; i < count; i++)
      for (ssize_t at = 0, done; fds[i] >= 0 && at < got; at += done)
        if ((done = write(fds[i], buffer + at, (size_t)(got - at))) < 0) {
          if (!patient || errno != EPIPE) status = i == 0 ? tool_failed("'standard output'") : tool_failed_on(argv[optind + i - 1]);
          fds[i] = -1;
          left--;
          break;
        }
  }
  return status;
}
