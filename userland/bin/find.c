/* find: the files below directories, by name (* ? [a-z]), kind, depth. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "tools/tool.h"

static const char usage[] =
    "find [DIRECTORY]... [-name PATTERN] [-type f|d|l|c|p] [-mindepth N] [-maxdepth N]\n"
    "Prints everything below the directories (here, if none is given) that meets all conditions.\n";

static const char *name_pattern;
static char kind;
static unsigned long least_depth, most_depth = ~0UL;

/* Shell patterns, without a meaning for / and leading dots. */
static int fits(const char *pattern, const char *text) {
  for (; *pattern; pattern++, text++) {
    if (*pattern == '*') {
      do
        if (fits(pattern + 1, text)) return 1;
      while (*text++);
      return 0;
    }
    if (!*text) return 0;
    if (*pattern == '?') continue;
    if (*pattern == '[') {
      const char *at = pattern + 1 + (pattern[1] == '!');
      int found = 0;
      for (const char *start = at; *at && (*at != ']' || at == start); at++)
        if (at[1] == '-' && at[2] && at[2] != ']') {
          found |= *text >= at[0] && *text <= at[2];
          at += 2;
        } else {
          found |= *text == *at;
        }
      if (*at) {
        if (found == (pattern[1] == '!')) return 0;
        pattern = at;
        continue;
      }
    }
    if (*pattern == '\\' && pattern[1]) pattern++;
    if (*pattern != *text) return 0;
  }
  return *text == 0;
}

static char kind_of(mode_t mode) {
  return S_ISDIR(mode) ? 'd' : S_ISLNK(mode) ? 'l' : S_ISCHR(mode) ? 'c' : S_ISFIFO(mode) ? 'p' : 'f';
}

static int visit(const char *path, unsigned long depth) {
  struct stat s;
  int status = 0;
  if (lstat(path, &s) < 0) {
    char text[300];
    snprintf(text, sizeof text, "'%.256s'", path);
    return tool_failed(text);
  }
  int shown = depth >= least_depth && (!kind || kind_of(s.st_mode) == kind);
  if (shown && (!name_pattern || fits(name_pattern, basename(path)))) puts(path);
  if (!S_ISDIR(s.st_mode) || depth >= most_depth) return 0;
  DIR *directory = opendir(path);
  if (!directory) return tool_failed(path);
  for (struct dirent *entry; (entry = readdir(directory));) {
    char below[4096];
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    const char *slash = path[strlen(path) - 1] == '/' ? "" : "/";
    snprintf(below, sizeof below, "%s%s%s", path, slash, entry->d_name);
    status |= visit(below, depth + 1);
  }
  closedir(directory);
  return status;
}

int main(int argc, char **argv) {
  int paths = 1, status = 0;
  tool_start(argc, argv, usage);
  while (paths < argc && argv[paths][0] != '-') paths++;
  for (int i = paths; i < argc; i += 2) {
    const char *value = argv[i + 1];
    if (!value) return tool_complain("missing argument to '%s'", argv[i]);
    if (strcmp(argv[i], "-name") == 0) name_pattern = value;
    else if (strcmp(argv[i], "-type") == 0) kind = value[0];
    else if (strcmp(argv[i], "-mindepth") == 0) least_depth = tool_number(value, 10, ~0UL, "depth");
    else if (strcmp(argv[i], "-maxdepth") == 0) most_depth = tool_number(value, 10, ~0UL, "depth");
    else return tool_complain("unknown predicate '%s'", argv[i]);
  }
  if (paths == 1) status = visit(".", 0);
  for (int i = 1; i < paths; i++) status |= visit(argv[i], 0);
  return tool_finish(status);
}
