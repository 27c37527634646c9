/* env: prints the environment, or runs a program in a changed one. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tools/tool.h"

int main(int argc, char **argv) {
  tool_start(argc, argv, "env [-i] [-u NAME] [NAME=VALUE]... [PROGRAM [ARGUMENT]...]\nRuns PROGRAM in a changed environment, or prints it. -i starts from an empty one, -u removes a name.\n");
  for (int option; (option = getopt(argc, argv, "+iu:")) != -1;) {
    if (option == 'i') clearenv();
    else if (option == 'u') unsetenv(optarg);
    else tool_bad_usage(125);
  }
  for (; optind < argc && strchr(argv[optind], '='); optind++) putenv(argv[optind]);
  if (optind < argc) {
    execvp(argv[optind], argv + optind);
    int status = errno == ENOENT ? 127 : 126;
    char text[300];
    snprintf(text, sizeof text, "'%.256s'", argv[optind]);
    tool_failed(text);
    return status;
  }
  for (char **each = environ; each && *each; each++) puts(*each);
  return tool_finish(0);
}
