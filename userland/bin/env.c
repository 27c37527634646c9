/* env: prints the environment, or runs a program in a changed one. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tools/split-string.h"
#include "tools/tool.h"

static const char usage[] =
    "env [-i0v] [-u NAME] [-C FOLDER] [-S TEXT] [NAME=VALUE]... [PROGRAM [ARGUMENT]...]\n"
    "Runs PROGRAM in a changed environment, or prints it. -i (or -) starts from an empty one, -u removes a name,\n"
    "-C changes to a folder, -0 ends each line with NUL, -v says what it does, -S splits TEXT into arguments, for first lines\n"
    "of scripts: quotes, escapes and ${NAME} count.\n";

static int says;

static int fail(const char *format, const char *what) {
  char text[300];
  snprintf(text, sizeof text, format, what);
  tool_failed(text);
  return 125;
}

/* -S: its words stand where it stood, and may be options. */
static void split(const char *text, int *argc, char ***argv) {
  int words;
  char **split = split_string(text, &words);
  if (says) fprintf(stderr, "split -S:  '%s'\n", text);
  for (int i = 0; says && i < words; i++) fprintf(stderr, i ? "     &    '%s'\n" : " into:    '%s'\n", split[i]);
  int rest = *argc - optind;
  char **all = calloc((size_t)words + (size_t)rest + 2, sizeof *all);
  if (!all) exit(tool_failed("malloc") + 124);
  all[0] = (*argv)[0];
  memcpy(all + 1, split, (size_t)words * sizeof *all);
  memcpy(all + 1 + words, *argv + optind, (size_t)rest * sizeof *all);
  *argv = all;
  *argc = words + rest + 1;
  optind = 0; /* getopt begins anew */
}

static void clear(void) {
  if (says) fputs("cleaning environ\n", stderr);
  clearenv();
}

int main(int argc, char **argv) {
  const char *folder = 0;
  char end = '\n';
  tool_trouble = 125;
  tool_start(argc, argv, usage);
  int cleared = 0;
  for (int option; (option = tool_option(argc, argv, "+i(ignore-environment)u:(unset)0(null)C:(chdir)S:(split-string)v(debug)")) != -1;) {
    if (option == 'i' && !cleared++) clear();
    else if (option == 'v') says = 1;
    else if (option == 'S') split(optarg, &argc, &argv);
    else if (option == '0') end = 0;
    else if (option == 'C') folder = optarg;
    else if (option == 'u') {
      if (says) fprintf(stderr, "unset:    %s\n", optarg);
      if (unsetenv(optarg) < 0) return fail("cannot unset '%.256s'", optarg);
    }
  }
  if (optind < argc && strcmp(argv[optind], "-") == 0) clear(), optind++;
  for (; optind < argc && strchr(argv[optind], '='); optind++) {
    if (says) fprintf(stderr, "setenv:   %s\n", argv[optind]);
    if (putenv(argv[optind])) return fail("cannot set '%.256s'", argv[optind]);
  }
  if (optind == argc) {
    if (folder) {
      tool_complain("must specify command with --chdir (-C)");
      tool_bad_usage();
    }
    for (char **each = environ; each && *each; each++) printf("%s%c", *each, end);
    return tool_finish(0);
  }
  if (!end) {
    tool_complain("cannot specify --null (-0) with command");
    tool_bad_usage();
  }
  if (says && folder) fprintf(stderr, "chdir:    '%s'\n", folder);
  if (folder && chdir(folder) < 0) return fail("cannot change directory to '%.256s'", folder);
  if (says) fprintf(stderr, "executing: %s\n", argv[optind]);
  for (int i = optind; says && i < argc; i++) fprintf(stderr, "   arg[%d]= '%s'\n", i - optind, argv[i]);
  execvp(argv[optind], argv + optind);
  int status = errno == ENOENT ? 127 : 126;
  fail("'%.256s'", argv[optind]);
  if (status == 127 && strchr(argv[optind], ' ')) tool_complain("use -[v]S to pass options in shebang lines");
  return status;
}
