/* getopt_long and getopt_long_only: abbreviations, one dash or two, the three orders of arguments, and complaints. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int flag;
static const struct option longs[] = {{"all", no_argument, 0, 'a'},       {"name", required_argument, 0, 'n'},
                                      {"number", optional_argument, 0, 'u'}, {"flag", no_argument, &flag, 7},
                                      {"abc", no_argument, 0, 'b'},       {0, 0, 0, 0}};

static void run(int only, const char *options, const char *line) {
  char copy[100], *arguments[20] = {"program"};
  int count = 1, index = -1, option;
  strcpy(copy, line);
  for (char *word = strtok(copy, " "); word; word = strtok(0, " ")) arguments[count++] = word;
  printf("%s %s: %s\n", only ? "only" : "long", options, line);
  optind = 0;
  optarg = 0;
  flag = 0;
  while ((option = (only ? getopt_long_only : getopt_long)(count, arguments, options, longs, &index)) != -1)
    printf("  %d %s %d %d %d\n", option, optarg ? optarg : "-", optopt, index, flag);
  for (int at = optind; at < count; at++) printf("  rest %s\n", arguments[at]);
}

int main(void) {
  static const char *const options[] = {"ab:c::x", "+ab:c::x", "-ab:c::x", ":ab:c::x", "+:ab:c::x", "-:xn"};
  static const char *const lines[] = {
      "-all -a --all", "-name=7 -name 8 -n", "-x -ab -abc", "-number -number=3 -nu", "-fl --flag", "file -a file2 -- -a",
      "-name",         "-all=3",             "--na",        "-xa -q -zork --zork",   "-b -a rest", "-cfoo -c foo -bfoo",
      "-a- --  x",     "- -a",               "-f",          "-n 5",                  "-ax --al"};
  setvbuf(stdout, 0, _IONBF, 0);
  for (size_t at = 0; at < sizeof options / sizeof *options; at++)
    for (size_t line = 0; line < sizeof lines / sizeof *lines; line++)
      for (int only = 0; only < 2; only++) run(only, options[at], lines[line]);
  setenv("POSIXLY_CORRECT", "1", 1);
  for (size_t line = 0; line < sizeof lines / sizeof *lines; line++) run(0, *options, lines[line]);
  return 0;
}
