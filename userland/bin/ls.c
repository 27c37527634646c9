/* ls: lists files and directories; in columns and colours on a terminal. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>
#include "tools/tool.h"

#define HALF_A_YEAR (182 * 86400L)

static const char usage[] =
    "ls [-1AadFhilRrSt] [FILE]...\n"
    "  -1  one name a line             -l  mode, links, owner, group, size, time, name\n"
    "  -a  also names that begin with a dot; -A  but not . and ..\n"
    "  -d  directories themselves      -F  append / * @ | to names by kind\n"
    "  -h  sizes as 12K or 3.4M        -i  inode numbers        -R  subdirectories too\n"
    "  -r  reverse order   -S  largest first   -t  newest first\n";

static int one_column, all, almost_all, directories, classify, human, inodes, long_format;
static int recursive, reverse, by_size, by_time, colours, width = 80, status, several;

struct entry {
  char *name;
  struct stat stat;
};

static int compare(const void *left, const void *right) {
  const struct entry *l = left, *r = right;
  long order = 0;
  if (by_size) order = r->stat.st_size - l->stat.st_size;
  if (by_time) {
    order = r->stat.st_mtime - l->stat.st_mtime;
    if (order == 0) order = r->stat.st_mtim.tv_nsec - l->stat.st_mtim.tv_nsec;
  }
  if (order == 0) order = strcmp(l->name, r->name);
  int sign = (order > 0) - (order < 0);
  return reverse ? -sign : sign;
}

static char kind_letter(mode_t mode) {
  switch (mode & S_IFMT) {
    case S_IFDIR: return 'd';
    case S_IFLNK: return 'l';
    case S_IFCHR: return 'c';
    case S_IFBLK: return 'b';
    case S_IFIFO: return 'p';
    case S_IFSOCK: return 's';
    default: return '-';
  }
}

static char kind_suffix(mode_t mode) {
  if (S_ISDIR(mode)) return '/';
  if (S_ISLNK(mode)) return '@';
  if (S_ISFIFO(mode)) return '|';
  if (S_ISSOCK(mode)) return '=';
  return S_ISREG(mode) && (mode & 0111) ? '*' : 0;
}

static const char *colour(mode_t mode) {
  if (S_ISDIR(mode)) return "\033[1;34m";
  if (S_ISLNK(mode)) return "\033[1;36m";
  if (S_ISCHR(mode) || S_ISBLK(mode)) return "\033[1;33m";
  if (S_ISFIFO(mode)) return "\033[33m";
  return S_ISREG(mode) && (mode & 0111) ? "\033[1;32m" : 0;
}

/* Prints the name as it is shown; returns its width. On a terminal control characters appear as ?. */
static int put_name(const struct entry *entry) {
  const char *start = colours ? colour(entry->stat.st_mode) : 0;
  int shown = 0;
  if (start) fputs(start, stdout);
  for (const char *c = entry->name; *c; c++, shown++)
    putchar(colours && ((unsigned char)*c < ' ' || *c == 127) ? '?' : *c);
  if (start) fputs("\033[0m", stdout);
  char suffix = classify ? kind_suffix(entry->stat.st_mode) : 0;
  if (suffix) putchar(suffix);
  return shown + (suffix != 0);
}

static void put_mode(mode_t mode) {
  char text[11] = "?rwxrwxrwx";
  text[0] = kind_letter(mode);
  for (int bit = 0; bit < 9; bit++)
    if (!(mode & (0400U >> bit))) text[bit + 1] = '-';
  if (mode & S_ISUID) text[3] = text[3] == 'x' ? 's' : 'S';
  if (mode & S_ISGID) text[6] = text[6] == 'x' ? 's' : 'S';
  if (mode & S_ISVTX) text[9] = text[9] == 'x' ? 't' : 'T';
  fputs(text, stdout);
}

static const char *owner(unsigned id, char to[12]) {
  if (id == 0) return "root";
  snprintf(to, 12, "%u", id);
  return to;
}

static void size_text(const struct stat *s, char to[24]) {
  if (S_ISCHR(s->st_mode) || S_ISBLK(s->st_mode))
    snprintf(to, 24, "%u, %u", major(s->st_rdev), minor(s->st_rdev));
  else if (human)
    tool_human((unsigned long)s->st_size, to);
  else
    snprintf(to, 24, "%ld", s->st_size);
}

static void put_long(const char *directory, const struct entry *entry, int links_width, int size_width) {
  const struct stat *s = &entry->stat;
  char uid[12], gid[12], size[24], when[24], path[4096], target[4096];
  struct tm *t = localtime(&s->st_mtime);
  time_t now = time(0);
  int recent = s->st_mtime <= now && s->st_mtime > now - HALF_A_YEAR;
  strftime(when, sizeof when, recent ? "%b %e %H:%M" : "%b %e  %Y", t);
  size_text(s, size);
  put_mode(s->st_mode);
  printf(" %*u %s %s %*s %s ", links_width, s->st_nlink, owner(s->st_uid, uid), owner(s->st_gid, gid),
         size_width, size, when);
  put_name(entry);
  if (S_ISLNK(s->st_mode)) {
    snprintf(path, sizeof path, "%s%s%s", directory, *directory ? "/" : "", entry->name);
    ssize_t length = readlink(path, target, sizeof target - 1);
    if (length >= 0) printf(" -> %.*s", (int)length, target);
  }
  putchar('\n');
}

static int name_width(const struct entry *entry) {
  return (int)strlen(entry->name) + (classify && kind_suffix(entry->stat.st_mode));
}

/* The width of the column that begins with entry `first`: its widest name, and two spaces. */
static int column_width(const struct entry *entries, int count, int first, int rows) {
  int widest = 0;
  for (int i = first; i < count && i < first + rows; i++)
    if (name_width(&entries[i]) > widest) widest = name_width(&entries[i]);
  return widest + 2;
}

/* Names run down the columns; there are as few rows as fit the width. */
static void put_columns(const struct entry *entries, int count) {
  int rows = 1;
  for (; rows < count; rows++) {
    int used = 0;
    for (int first = 0; first < count; first += rows) used += column_width(entries, count, first, rows);
    if (used - 2 <= width) break;
  }
  for (int row = 0; row < rows && row < count; row++) {
    for (int i = row; i < count; i += rows) {
      int shown = put_name(&entries[i]);
      if (i + rows < count) printf("%*s", column_width(entries, count, i - row, rows) - shown, "");
    }
    putchar('\n');
  }
}

static void put_entries(const char *directory, struct entry *entries, int count) {
  qsort(entries, (size_t)count, sizeof *entries, compare);
  if (!long_format && !inodes && !one_column) {
    put_columns(entries, count);
    return;
  }
  int links_width = 1, size_width = 1, inode_width = 1;
  for (int i = 0; i < count; i++) {
    char text[24];
    int size = snprintf(text, sizeof text, "%u", entries[i].stat.st_nlink);
    if (size > links_width) links_width = size;
    size = snprintf(text, sizeof text, "%lu", entries[i].stat.st_ino);
    if (size > inode_width) inode_width = size;
    size_text(&entries[i].stat, text);
    if ((int)strlen(text) > size_width) size_width = (int)strlen(text);
  }
  for (int i = 0; i < count; i++) {
    if (inodes) printf("%*lu ", inode_width, entries[i].stat.st_ino);
    if (long_format) {
      put_long(directory, &entries[i], links_width, size_width);
    } else {
      put_name(&entries[i]);
      putchar('\n');
    }
  }
}

static void *grown(void *block, int count, size_t size) {
  if (count & (count - 1)) return block; /* room doubles at each power of two */
  block = realloc(block, (count ? (size_t)count * 2 : 1) * size);
  if (block) return block;
  tool_failed("malloc");
  exit(2);
}

static void list_directory(const char *path) {
  static int listed;
  DIR *directory = opendir(path);
  if (!directory) {
    tool_failed(path);
    status = status > 1 || !listed ? 2 : 1;
    return;
  }
  if (several || recursive) printf("%s%s:\n", listed ? "\n" : "", path);
  listed = 1;
  struct entry *entries = 0;
  int count = 0;
  long blocks = 0;
  for (struct dirent *found; (found = readdir(directory));) {
    int dots = strcmp(found->d_name, ".") == 0 || strcmp(found->d_name, "..") == 0;
    if (found->d_name[0] == '.' && !all && !(almost_all && !dots)) continue;
    struct entry entry;
    memset(&entry.stat, 0, sizeof entry.stat);
    if (fstatat(dirfd(directory), found->d_name, &entry.stat, AT_SYMLINK_NOFOLLOW) < 0) {
      if (errno == ENOENT) continue; /* it went away meanwhile, as processes in /proc do */
      status = tool_failed(found->d_name);
    }
    entry.name = strdup(found->d_name);
    blocks += entry.stat.st_blocks;
    entries = grown(entries, count, sizeof *entries);
    entries[count++] = entry;
  }
  closedir(directory);
  if (long_format) {
    char text[8];
    if (human) printf("total %s\n", tool_human((unsigned long)blocks * 512, text));
    else printf("total %ld\n", blocks / 2);
  }
  put_entries(path, entries, count);
  for (int i = 0; i < count; i++) {
    const char *name = entries[i].name;
    if (recursive && S_ISDIR(entries[i].stat.st_mode) && strcmp(name, ".") && strcmp(name, "..")) {
      char below[4096];
      const char *slash = path[strlen(path) - 1] == '/' ? "" : "/";
      snprintf(below, sizeof below, "%s%s%s", path, slash, name);
      list_directory(below);
    }
  }
  for (int i = 0; i < count; i++) free(entries[i].name);
  free(entries);
}

int main(int argc, char **argv) {
  tool_start(argc, argv, usage);
  struct winsize size;
  if (isatty(1)) {
    colours = 1;
    if (ioctl(1, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) width = size.ws_col;
  } else {
    one_column = 1;
  }
  for (int option; (option = getopt(argc, argv, "1aACdFhilRrSt")) != -1;) {
    switch (option) {
      case '1': one_column = 1; break;
      case 'a': all = 1; break;
      case 'A': almost_all = 1; break;
      case 'C': one_column = 0; break;
      case 'd': directories = 1; break;
      case 'F': classify = 1; break;
      case 'h': human = 1; break;
      case 'i': inodes = 1; break;
      case 'l': long_format = 1; break;
      case 'R': recursive = 1; break;
      case 'r': reverse = 1; break;
      case 'S': by_size = 1; break;
      case 't': by_time = 1; break;
      default: tool_bad_usage(2);
    }
  }
  int count = argc - optind, files = 0;
  char *here[] = {"."}, **paths = count ? argv + optind : here;
  if (count == 0) count = 1;
  several = count > 1;

  struct entry *entries = calloc((size_t)count, sizeof *entries);
  char **folders = calloc((size_t)count, sizeof *folders);
  int folder_count = 0;
  for (int i = 0; i < count; i++) {
    struct stat s;
    int follow = !long_format && !directories;
    if ((follow ? stat(paths[i], &s) : lstat(paths[i], &s)) < 0 && lstat(paths[i], &s) < 0) {
      status = 2;
      char text[300];
      snprintf(text, sizeof text, "cannot access '%.256s'", paths[i]);
      tool_failed(text);
      continue;
    }
    struct stat target;
    if (!directories && (S_ISDIR(s.st_mode) || (S_ISLNK(s.st_mode) && !long_format &&
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
