/* ls: lists files and directories; in columns and colours on a terminal. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>
#include "tools/colour.h"
#include "tools/tool.h"

#define HALF_A_YEAR (182 * 86400L)

static const char usage[] =
    "ls [-1AaCdFghiLlmnopRrSstUXx] [--color[=WHEN]] [FILE]...\n"
    "  -1  one name a line             -l  mode, links, owner, group, size, time, name\n"
    "  -a  also names that begin with a dot; -A  but not . and ..\n"
    "  -d  directories themselves      -F  append / * @ | to names by kind\n"
    "  -h  sizes as 12K or 3.4M        -i  inode numbers        -R  subdirectories too\n"
    "  -s  sizes in blocks of 1024     -p  append / to directories   -L  what links point at\n"
    "  -n  owners as numbers   -g -o  as -l without owner, group   -m  with commas   -x  in rows\n"
    "  -r  reverse order   -S  largest first   -t  newest first   -X  by extension   -U  as they come\n"
    "  --group-directories-first\n"
    "  --color=WHEN  always, never, or auto: on a terminal, unless NO_COLOR is set\n";

static int one_column, all, almost_all, directories, classify, human, inodes, long_format;
static int recursive, reverse, by_size, by_time, by_extension, unsorted, colours, at_terminal, width = 80, status, several;
static int blocks_shown, slashes, dereference, numeric, no_owner, no_group, commas, rows_first, folders_first;

struct entry {
  char *name;
  struct stat stat;
};

static int compare(const void *left, const void *right) {
  const struct entry *l = left, *r = right;
  long order = 0;
  if (folders_first && S_ISDIR(l->stat.st_mode) != S_ISDIR(r->stat.st_mode)) return S_ISDIR(l->stat.st_mode) ? -1 : 1;
  if (by_extension) {
    const char *x = strrchr(l->name, '.'), *y = strrchr(r->name, '.');
    order = strcmp(x ? x : "", y ? y : "");
  }
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
  if (slashes) return 0;
  if (S_ISLNK(mode)) return '@';
  if (S_ISFIFO(mode)) return '|';
  if (S_ISSOCK(mode)) return '=';
  return S_ISREG(mode) && (mode & 0111) ? '*' : 0;
}

/* The colours that GNU's has without LS_COLORS. */
static const char *colour(mode_t mode) {
  if (S_ISDIR(mode)) {
    if ((mode & S_ISVTX) && (mode & S_IWOTH)) return "30;42";
    if (mode & S_IWOTH) return "34;42";
    return mode & S_ISVTX ? "37;44" : "01;34";
  }
  if (S_ISLNK(mode)) return "01;36";
  if (S_ISCHR(mode) || S_ISBLK(mode)) return "01;33";
  if (S_ISFIFO(mode)) return "33";
  if (S_ISSOCK(mode)) return "01;35";
  if (mode & S_ISUID) return "37;41";
  if (mode & S_ISGID) return "30;43";
  return mode & 0111 ? "01;32" : 0;
}

/* Prints a name in the colour of its kind; returns its width. On a terminal control characters appear as ?. */
static int put_coloured(const char *name, mode_t mode) {
  static int begun;
  const char *start = colours ? colour(mode) : 0;
  int shown = 0;
  if (start) printf("%s\033[%sm", begun++ ? "" : "\033[0m", start);
  for (const char *c = name; *c; c++, shown++)
    putchar(at_terminal && ((unsigned char)*c < ' ' || *c == 127) ? '?' : *c);
  if (start) fputs("\033[0m", stdout);
  return shown;
}

static int put_name(const struct entry *entry) {
  int shown = put_coloured(entry->name, entry->stat.st_mode);
  char suffix = classify || slashes ? kind_suffix(entry->stat.st_mode) : 0;
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
  if (id == 0 && !numeric) return "root";
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
  printf(" %*u ", links_width, s->st_nlink);
  if (!no_owner) printf("%s ", owner(s->st_uid, uid));
  if (!no_group) printf("%s ", owner(s->st_gid, gid));
  printf("%*s %s ", size_width, size, when);
  int links = classify;
  if (S_ISLNK(s->st_mode)) classify = 0; /* its own @ would be in the way of the arrow */
  put_name(entry);
  classify = links;
  if (S_ISLNK(s->st_mode)) {
    snprintf(path, sizeof path, "%s%s%s", directory, *directory ? "/" : "", entry->name);
    ssize_t length = readlink(path, target, sizeof target - 1);
    struct stat s2;
    if (length >= 0) {
      target[length] = 0;
      fputs(" -> ", stdout);
      if (stat(path, &s2) == 0) {
        put_coloured(target, s2.st_mode);
        if (classify && kind_suffix(s2.st_mode)) putchar(kind_suffix(s2.st_mode));
      } else fputs(target, stdout);
    }
  }
  putchar('\n');
}

static int name_width(const struct entry *entry) {
  return (int)strlen(entry->name) + ((classify || slashes) && kind_suffix(entry->stat.st_mode));
}

/* The width of the column that begins with entry `first`: its widest name, and two spaces. */
static int column_width(const struct entry *entries, int count, int first, int rows) {
  int widest = 0;
  for (int i = first; i < count && i < first + rows; i++)
    if (name_width(&entries[i]) > widest) widest = name_width(&entries[i]);
  return widest + 2;
}

/* From one column to another, with tabs where they reach, as GNU's. */
static void indent(int from, int to) {
  while (from < to) {
    if (to / 8 > (from + 1) / 8) {
      putchar('\t');
      from += 8 - from % 8;
    } else {
      putchar(' ');
      from++;
    }
  }
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
    for (int i = row, column = 0; i < count; i += rows) {
      int shown = put_name(&entries[i]), next = column + column_width(entries, count, i - row, rows);
      if (i + rows < count) indent(column + shown, next);
      column = next;
    }
    putchar('\n');
  }
}

/* -m: one after another, with commas; a line is as long as fits. */
static void put_with_commas(const struct entry *entries, int count) {
  int column = 0;
  for (int i = 0; i < count; i++) {
    int needed = name_width(&entries[i]) + (i + 1 < count);
    if (i > 0 && column + 1 + needed >= width) putchar('\n'), column = 0;
    else if (i > 0) putchar(' '), column++;
    put_name(&entries[i]);
    if (i + 1 < count) putchar(',');
    column += needed;
  }
  if (count) putchar('\n');
}

/* -x: names run along the rows. */
static void put_rows(const struct entry *entries, int count) {
  int columns = count, widths[256];
  if (columns > 256) columns = 256;
  for (; columns > 1; columns--) {
    int used = 0;
    memset(widths, 0, sizeof widths);
    for (int i = 0; i < count; i++)
      if (name_width(&entries[i]) + 2 > widths[i % columns]) widths[i % columns] = name_width(&entries[i]) + 2;
    for (int i = 0; i < columns; i++) used += widths[i];
    if (used - 2 <= width) break;
  }
  for (int i = 0, column = 0; i < count; i++) {
    int shown = put_name(&entries[i]), next = column + widths[i % columns];
    if (i + 1 == count || (i + 1) % columns == 0) {
      putchar('\n');
      column = 0;
    } else {
      indent(column + shown, next);
      column = next;
    }
  }
}

static void put_entries(const char *directory, struct entry *entries, int count) {
  if (!unsorted) qsort(entries, (size_t)count, sizeof *entries, compare);
  if (!long_format && commas) {
    put_with_commas(entries, count);
    return;
  }
  if (!long_format && !inodes && !blocks_shown && !one_column) {
    if (rows_first) put_rows(entries, count);
    else put_columns(entries, count);
    return;
  }
  int links_width = 1, size_width = 1, inode_width = 1, blocks_width = 1;
  for (int i = 0; i < count; i++) {
    char text[24];
    int size = snprintf(text, sizeof text, "%u", entries[i].stat.st_nlink);
    if (size > links_width) links_width = size;
    size = snprintf(text, sizeof text, "%lu", entries[i].stat.st_ino);
    if (size > inode_width) inode_width = size;
    size = snprintf(text, sizeof text, "%ld", (long)entries[i].stat.st_blocks / 2);
    if (size > blocks_width) blocks_width = size;
    size_text(&entries[i].stat, text);
    if ((int)strlen(text) > size_width) size_width = (int)strlen(text);
  }
  for (int i = 0; i < count; i++) {
    if (inodes) printf("%*lu ", inode_width, entries[i].stat.st_ino);
    if (blocks_shown) printf("%*ld ", blocks_width, (long)entries[i].stat.st_blocks / 2);
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
    if (fstatat(dirfd(directory), found->d_name, &entry.stat, dereference ? 0 : AT_SYMLINK_NOFOLLOW) < 0 &&
        fstatat(dirfd(directory), found->d_name, &entry.stat, AT_SYMLINK_NOFOLLOW) < 0) {
      if (errno == ENOENT) continue; /* it went away meanwhile, as processes in /proc do */
      status = tool_failed(found->d_name);
    }
    entry.name = strdup(found->d_name);
    blocks += entry.stat.st_blocks;
    entries = grown(entries, count, sizeof *entries);
    entries[count++] = entry;
  }
  closedir(directory);
  if (long_format || blocks_shown) {
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
  tool_trouble = 2;
  tool_start(argc, argv, usage);
  static const struct option longs[] = {{"all", 0, 0, 'a'}, {"almost-all", 0, 0, 'A'}, {"directory", 0, 0, 'd'}, {"classify", 0, 0, 'F'},
      {"human-readable", 0, 0, 'h'}, {"inode", 0, 0, 'i'}, {"recursive", 0, 0, 'R'}, {"reverse", 0, 0, 'r'}, {"size", 0, 0, 's'},
      {"dereference", 0, 0, 'L'}, {"numeric-uid-gid", 0, 0, 'n'}, {"color", 2, 0, '%'}, {"colour", 2, 0, '%'},
      {"group-directories-first", 0, 0, '^'}, {"width", 1, 0, 'w'}, {0, 0, 0, 0}};
  struct winsize size;
  at_terminal = isatty(1);
  colours = colour_wanted(0);
  one_column = !at_terminal;
  if (at_terminal && ioctl(1, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) width = size.ws_col;
  for (int option; (option = getopt_long(argc, argv, "1aACdFfghiLlmNnopqRrSstUw:Xx", longs, 0)) != -1;) {
    switch (option) {
      case '1': one_column = 1, commas = rows_first = 0; break;
      case 'a': all = 1; break;
      case 'A': almost_all = 1; break;
      case 'C': one_column = long_format = commas = rows_first = 0; break;
      case 'd': directories = 1; break;
      case 'F': classify = 1; break;
      case 'f': all = unsorted = 1; break;
      case 'g': long_format = no_owner = 1; break;
      case 'h': human = 1; break;
      case 'i': inodes = 1; break;
      case 'L': dereference = 1; break;
      case 'l': long_format = 1; break;
      case 'm': commas = 1, one_column = long_format = 0; break;
      case 'n': long_format = numeric = 1; break;
      case 'N': at_terminal = 0; break;
      case 'o': long_format = no_group = 1; break;
      case 'p': slashes = 1; break;
      case 'q': at_terminal = 1; break;
      case 'R': recursive = 1; break;
      case 'r': reverse = 1; break;
      case 'S': by_size = 1, by_time = by_extension = unsorted = 0; break;
      case 's': blocks_shown = 1; break;
      case 't': by_time = 1, by_size = by_extension = unsorted = 0; break;
      case 'U': unsorted = 1; break;
      case 'w': width = (int)tool_number(optarg, 10, 10000, "line width"); break;
      case 'X': by_extension = 1, by_size = by_time = unsorted = 0; break;
      case 'x': rows_first = 1, one_column = long_format = commas = 0; break;
      case '%': colours = colour_wanted(optarg ? optarg : "always"); break;
      case '^': folders_first = 1; break;
      default: tool_bad_usage();
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
    int follow = dereference || (!long_format && !directories && !classify);
    if ((follow ? stat(paths[i], &s) : lstat(paths[i], &s)) < 0 && lstat(paths[i], &s) < 0) {
      status = 2;
      char text[300];
      snprintf(text, sizeof text, "cannot access '%.256s'", paths[i]);
      tool_failed(text);
      continue;
    }
    struct stat target;
    if (!directories && (S_ISDIR(s.st_mode) || (S_ISLNK(s.st_mode) && !long_format && !classify &&
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
