/* ls: lists files and directories; in columns and colours on a terminal. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "tools/ls.h"
#include "tools/tool.h"

static const char usage[] =
    "ls [OPTION]... [FILE]...\n"
    "  -1  one name a line             -l  mode, links, owner, group, size, time, name\n"
    "  -a  also names that begin with a dot; -A  but not . and ..\n"
    "  -d  directories themselves      -F  append / * @ | to names by kind, -p / to directories, --file-type all but *\n"
    "  -h  sizes as 12K or 3.4M, --si of 1000   -i  inode numbers   -R  subdirectories too\n"
    "  -s  sizes in blocks of 1024     -L  what links point at, -H  only those that are named\n"
    "  -n  owners as numbers   -g -o  as -l without owner, group   -m  with commas   -C  in columns, -x  in rows\n"
    "  -r  reverse order   -S  largest first   -t  newest first   -X  by extension   -v  by version   -U  as they come\n"
    "  -c -u  times of change of status, of access                -f  all of them, as they come\n"
    "  -B  not what ends in ~   -I GLOB --hide=GLOB  not these     --group-directories-first\n"
    "  -b -Q -N -q  names with escapes, in quotes, as they are, with ? for control characters   --quoting-style=STYLE\n"
    "  --time-style=full-iso|long-iso|iso|+FORMAT, --full-time     --sort=none|size|time|version|extension   --zero\n"
    "  --color=WHEN  always, never, or auto: on a terminal, unless NO_COLOR is set\n";

static int status, several;

const struct timespec *ls_time(const struct stat *s) {
  return ls.which_time == 'a' ? &s->st_atim : ls.which_time == 'c' ? &s->st_ctim : &s->st_mtim;
}

static int compare(const void *left, const void *right) {
  const struct entry *l = left, *r = right;
  long order = 0;
  if (ls.folders_first && S_ISDIR(l->stat.st_mode) != S_ISDIR(r->stat.st_mode)) return S_ISDIR(l->stat.st_mode) ? -1 : 1;
  if (ls.by_extension) {
    const char *x = strrchr(l->name, '.'), *y = strrchr(r->name, '.');
    order = strcmp(x ? x : "", y ? y : "");
  }
  if (ls.by_size) order = r->stat.st_size - l->stat.st_size;
  if (ls.by_time) {
    const struct timespec *a = ls_time(&l->stat), *b = ls_time(&r->stat);
    order = b->tv_sec - a->tv_sec;
    if (order == 0) order = b->tv_nsec - a->tv_nsec;
  }
  if (ls.by_width) order = ls_name_width(l) - ls_name_width(r);
  if (ls.by_version) order = strverscmp(l->name, r->name);
  if (order == 0) order = strcmp(l->name, r->name);
  int sign = (order > 0) - (order < 0);
  return ls.reverse ? -sign : sign;
}

static void *grown(void *block, int count, size_t size) {
  if (count & (count - 1)) return block; /* room doubles at each power of two */
  block = realloc(block, (count ? (size_t)count * 2 : 1) * size);
  if (block) return block;
  tool_failed("malloc");
  exit(2);
}

static void put_entries(const char *directory, struct entry *entries, int count) {
  ls_quote_names(entries, count);
  if (!ls.unsorted) qsort(entries, (size_t)count, sizeof *entries, compare);
  if (!ls.long_format && ls.commas) ls_put_with_commas(entries, count);
  else if (ls.long_format || ls.inodes || ls.blocks_shown || ls.one_column) ls_put_lines(directory, entries, count);
  else if (ls.rows_first) ls_put_rows(entries, count);
  else ls_put_columns(entries, count);
}

/* Whether more is to be shown or sorted by than names: only then it matters that a link leads nowhere. */
static int asks_for_more(void) {
  return ls.long_format || ls.blocks_shown || ls.classify || ls.slashes || ls.colours || ls.by_size || ls.by_time || ls.recursive || ls.folders_first;
}

static void complain_access(const char *directory, const char *name, int problem) {
  char full[4096];
  snprintf(full, sizeof full, strcmp(directory, ".") == 0 ? "%.0s%s" : "%s/%s", directory, name);
  char *shown = quote(full, QUOTE_SHELL_ALWAYS);
  tool_complain("cannot access %s: %s", shown, strerror(problem));
  free(shown);
  if (!status) status = 1;
}

static void list_directory(const char *path) {
  static int listed;
  DIR *directory = opendir(path);
  if (!directory) {
    char *shown = quote(path, QUOTE_SHELL_ALWAYS);
    tool_complain("cannot open directory %s: %s", shown, strerror(errno));
    free(shown);
    status = status > 1 || !listed ? 2 : 1;
    return;
  }
  if (several || ls.recursive) {
    char *shown = quote(path, ls.style);
    printf("%s%s:\n", listed ? "\n" : "", shown);
    free(shown);
  }
  listed = 1;
  struct entry *entries = 0;
  int count = 0;
  unsigned long blocks = 0;
  for (struct dirent *found; (found = readdir(directory));) {
    int dots = strcmp(found->d_name, ".") == 0 || strcmp(found->d_name, "..") == 0;
    if (found->d_name[0] == '.' && !ls.all && !(ls.almost_all && !dots)) continue;
    if (ls_is_hidden(found->d_name)) continue;
    struct entry entry;
    memset(&entry, 0, sizeof entry);
    if (fstatat(dirfd(directory), found->d_name, &entry.stat, ls.dereference ? 0 : AT_SYMLINK_NOFOLLOW) < 0) {
      int problem = errno;
      if (fstatat(dirfd(directory), found->d_name, &entry.stat, AT_SYMLINK_NOFOLLOW) < 0 && errno == ENOENT)
        continue; /* it went away meanwhile, as processes in /proc do */
      if (asks_for_more()) entry.is_unknown = 1, complain_access(path, found->d_name, problem);
    }
    entry.name = strdup(found->d_name);
    blocks += (unsigned long)entry.stat.st_blocks;
    entries = grown(entries, count, sizeof *entries);
    entries[count++] = entry;
  }
  closedir(directory);
  if (ls.long_format || ls.blocks_shown) {
    char text[24];
    printf("total %s%c", ls_blocks_text(blocks, text), ls.end_of_name);
  }
  put_entries(path, entries, count);
  for (int i = 0; i < count; i++) {
    const char *name = entries[i].name;
    if (ls.recursive && S_ISDIR(entries[i].stat.st_mode) && strcmp(name, ".") && strcmp(name, "..")) {
      char below[4096];
      const char *slash = path[strlen(path) - 1] == '/' ? "" : "/";
      snprintf(below, sizeof below, "%s%s%s", path, slash, name);
      list_directory(below);
    }
  }
  for (int i = 0; i < count; i++) free(entries[i].name), free(entries[i].shown);
  free(entries);
}

int main(int argc, char **argv) {
  tool_trouble = 2;
  tool_start(argc, argv, usage);
  ls_take_options(argc, argv);
  if (ls.which_time != 'm' && !ls.long_format && !ls.by_size && !ls.by_extension && !ls.by_version && !ls.by_width && !ls.unsorted) ls.by_time = 1;
  int count = argc - optind, files = 0;
  char *here[] = {"."}, **paths = count ? argv + optind : here;
  if (count == 0) count = 1;
  several = count > 1;

  struct entry *entries = calloc((size_t)count, sizeof *entries);
  char **folders = calloc((size_t)count, sizeof *folders);
  int folder_count = 0;
  for (int i = 0; i < count; i++) {
    struct stat s;
    int follow = ls.dereference || ls.named_links || (!ls.long_format && !ls.directories && !ls.classify);
    if ((follow ? stat(paths[i], &s) : lstat(paths[i], &s)) < 0 && (ls.dereference || lstat(paths[i], &s) < 0)) {
      status = 2;
      char *shown = quote(paths[i], QUOTE_SHELL_ALWAYS);
      tool_complain("cannot access %s: %s", shown, strerror(errno));
      free(shown);
      continue;
    }
    struct stat target;
    if (!ls.directories && (S_ISDIR(s.st_mode) || (S_ISLNK(s.st_mode) && !ls.long_format && !ls.classify &&
                                                   stat(paths[i], &target) == 0 && S_ISDIR(target.st_mode)))) {
      folders[folder_count++] = paths[i];
    } else {
      entries[files].name = paths[i];
      entries[files++].stat = s;
    }
  }
  if (files > 0) {
    put_entries("", entries, files);
    if (folder_count > 0) putchar('\n');
  }
  for (int i = 0; i < folder_count; i++) list_directory(folders[i]);
  return tool_finish(status);
}
