/* env: prints the environment, or runs a program in a changed one. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tools/tool.h"

int main(int argc, char **argv) {
  const char *folder = 0;
  char end = '\n';
  tool_trouble = 125;
  tool_start(argc, argv, "env [-i0] [-u NAME] [-C FOLDER] [NAME=VALUE]... [PROGRAM [ARGUMENT]...]\nRuns PROGRAM in a changed environment, or prints it. -i (or -) starts from an empty one, -u removes a name,\n-C changes to a folder, -0 ends each line with NUL.\n");
  for (int option; (option = tool_option(argc, argv, "+i(ignore-environment)u:(unset)0(null)C:(chdir)")) != -1;) {
    if (option == 'i') clearenv();
    else if (option == 'u') {
      if (unsetenv(optarg) < 0) {
        char text[300];
        snprintf(text, sizeof text, "cannot unset '%.256s'", optarg);
        tool_failed(text);
        return 125;
      }
    } else if (option == '0') end = 0;
    else if (option == 'C') folder = optarg;

  }
  if (optind < argc && strcmp(argv[optind], "-") == 0) clearenv(), optind++;
  for (; optind < argc && strchr(argv[optind], '='); optind++) putenv(argv[optind]);
  if (optind == argc) {
    if (folder) {
      tool_complain("must specify command with --chdir (-C)");
      tool_bad_usage();
    }
    for (char **each = environ; each && *each; each++) printf("%s%c", *each, end);
    return tool_finish(0);
  }
  char text[300];
  if (!end) {
    tool_complain("cannot specify --null (-0) with command");
    tool_bad_usage();
  }
  if (folder && chdir(folder) < 0) {
    snprintf(text, sizeof text, "cannot change directory to '%.256s'", folder);
    tool_failed(text);
    return 125;
  }
  execvp(argv[optind], argv + optind);
  int status = errno == ENOENT ? 127 : 126;
  snprintf(text, sizeof text, "'%.256s'", argv[optind]);
  tool_failed(text);
  return status;
}
