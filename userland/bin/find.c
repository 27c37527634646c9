/* find: the files below directories that meet an expression, and what to do with them. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tools/find-expression.h"
#include "tools/tool.h"

static const char usage[] =
    "find [-H] [-L] [-P] [DIRECTORY]... [EXPRESSION]\n"
    "Prints everything below the directories (here, if none is given) for which EXPRESSION is true. -L follows links, -H those\n"
    "that are named on the command line.\n"
    "  -name -iname -path -ipath -lname PATTERN   -regex -iregex REGEX, -regextype posix-extended   -type -xtype f|d|l|c|p|s\n"
    "  -size [+-]N[bckwMG]   -empty   -perm [-/]MODE   -links -inum -uid -gid [+-]N   -user -group NAME   -nouser -nogroup\n"
    "  -newer -anewer -cnewer FILE, -newermt DATE   -mtime -atime -ctime -mmin -amin -cmin [+-]N, -daystart   -samefile FILE\n"
    "  -readable -writable -executable   -true -false\n"
    "  -print -print0 -printf FORMAT -ls, -fprint -fprint0 -fprintf -fls FILE   -delete   -prune   -quit\n"
    "  -exec -execdir -ok COMMAND {} ';'   -exec -execdir COMMAND {} +\n"
    "  -mindepth N -maxdepth N -depth -xdev   ! E   ( E )   E -a E   E -o E   E , E\n";

struct above { /* the directories that lead here */
  const struct above *next;
  const struct stat *stat;
};

static void complain(const char *path) {
  tool_complain("'%s': %s", path, strerror(errno));
  find_options.status = 1;
}

static int is_loop(const char *path, const struct stat *s, const struct above *above) {
  for (; above; above = above->next)
    if (above->stat->st_ino == s->st_ino && above->stat->st_dev == s->st_dev) {
      tool_complain("'%s': Too many levels of symbolic links", path);
      find_options.status = 1;
      return 1;
    }
  return 0;
}

static void visit(struct node *n, const char *path, const char *start, unsigned long depth, const struct above *above) {
  struct stat s;
  if (find_stat(path, find_options.follow == 'L' || (find_options.follow == 'H' && depth == 0), &s) < 0) {
    complain(path);
    return;
  }
  struct found f = {path, start, depth, &s, 0};
  struct above here = {above, &s};
  int is_directory = S_ISDIR(s.st_mode);
  if (is_directory && find_options.follow != 'P' && is_loop(path, &s, above)) return;
  if (!find_options.contents_first && depth >= find_options.least_depth) find_holds(n, &f);
  int elsewhere = find_options.one_device && above && above->stat->st_dev != s.st_dev;
  if (is_directory && depth < find_options.most_depth && (!f.prunes || find_options.contents_first) && !elsewhere) {
    DIR *directory = opendir(path);
    if (!directory) complain(path);
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
      char *below;
      if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
      const char *slash = path[strlen(path) - 1] == '/' ? "" : "/";
      if (asprintf(&below, "%s%s%s", path, slash, entry->d_name) < 0) exit(tool_failed("malloc"));
      visit(n, below, start, depth + 1, &here);
      free(below);
    }
    if (directory) closedir(directory);
  }
  if (find_options.contents_first && depth >= find_options.least_depth) find_holds(n, &f);
  tool_check_output();
}

static int begins_expression(const char *word) {
  return (*word == '-' && word[1]) || strcmp(word, "(") == 0 || strcmp(word, "!") == 0;
}

int main(int argc, char **argv) {
  tool_start(argc, argv, usage);
  char **at = argv + 1;
  for (; *at && (*at)[0] == '-' && (*at)[1] && !(*at)[2] && strchr("HLP-", (*at)[1]); at++) {
    if ((*at)[1] == '-') {
      at++;
      break;
    }
    find_options.follow = (*at)[1];
  }
  char **start = at;
  while (*at && !begins_expression(*at)) at++;
  char **end_of_paths = at;
  struct node *n = find_parse(at);
  if (end_of_paths == start) visit(n, ".", ".", 0, 0);
  for (char **path = start; path < end_of_paths; path++) visit(n, *path, *path, 0, 0);
  find_end();
}
