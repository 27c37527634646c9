/* ls: lists files and directories; in columns and colours on a terminal. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>
#include "tools/colour.h"
#include "tools/file.h"
#include "tools/quote.h"
#include "tools/tool.h"

#define HALF_A_YEAR (182 * 86400L)

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

static int one_column, all, almost_all, directories, classify, human, by_thousands, inodes, long_format;
static int recursive, reverse, by_size, by_time, by_extension, unsorted, colours, at_terminal, width = 80, status, several;
static int blocks_shown, slashes, dereference, named_links, numeric, no_owner, no_group, commas, rows_first, folders_first, by_version;
static int author, questions, aligned, any_quoted;
static char which_time = 'm', end_of_name = '\n';
static enum quote_style style;
static const char *time_style;
static struct hidden {
  const char *glob;
  int even_with_all;
} hidden[32];
static int hidden_count;

struct entry {
  char *name, *shown; /* shown: quoted as the style wants it */
  struct stat stat;
};

static const struct timespec *time_of(const struct stat *s) {
  return which_time == 'a' ? &s->st_atim : which_time == 'c' ? &s->st_ctim : &s->st_mtim;
}

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
    const struct timespec *a = time_of(&l->stat), *b = time_of(&r->stat);
    order = b->tv_sec - a->tv_sec;
    if (order == 0) order = b->tv_nsec - a->tv_nsec;
  }
  if (by_version) order = strverscmp(l->name, r->name);
  if (order == 0) order = strcmp(l->name, r->name);
  int sign = (order > 0) - (order < 0);
  return reverse ? -sign : sign;
}

static char kind_suffix(mode_t mode) {
  if (S_ISDIR(mode)) return '/';
  if (slashes) return 0;
  if (S_ISLNK(mode)) return '@';
  if (S_ISFIFO(mode)) return '|';
  if (S_ISSOCK(mode)) return '=';
  return S_ISREG(mode) && (mode & 0111) && classify != 't' ? '*' : 0;
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

/* How many columns a text takes: continuations of UTF-8 take none. */
static int text_width(const char *text) {
  int columns = 0;
  for (; *text; text++) columns += (*text & 0xc0) != 0x80;
  return columns;
}

/* Prints a name in the colour of its kind. */
static void put_coloured(const char *name, mode_t mode) {
  static int begun;
  const char *start = colours ? colour(mode) : 0;
  if (start) printf("%s\033[%sm", begun++ ? "" : "\033[0m", start);
  for (const char *c = name; *c; c++) putchar(questions && ((unsigned char)*c < ' ' || *c == 127) ? '?' : *c);
  if (start) fputs("\033[0m", stdout);
}

/* Where some names have quotes, the others are moved by one column, so that letters are below letters. */
static int is_moved(const struct entry *entry) {
  return aligned && any_quoted && !strchr("'\"", *entry->shown);
}

static int put_name(const struct entry *entry) {
  int moved = is_moved(entry), shown = text_width(entry->shown) + moved;
  if (moved) putchar(' ');
  put_coloured(entry->shown, entry->stat.st_mode);
  char suffix = classify || slashes ? kind_suffix(entry->stat.st_mode) : 0;
  if (suffix) putchar(suffix);
  return shown + (suffix != 0);
}

static const char *number_or(const char *name, unsigned id, char to[12]) {
  if (name && !numeric) return name;
  snprintf(to, 12, "%u", id);
  return to;
}

static char *human_text(unsigned long bytes, char to[24]) {
  return by_thousands ? tool_human_by(bytes, 1000, to) : tool_human(bytes, to);
}

static void size_text(const struct stat *s, char to[24]) {
  if (S_ISCHR(s->st_mode) || S_ISBLK(s->st_mode))
    snprintf(to, 24, "%u, %u", major(s->st_rdev), minor(s->st_rdev));
  else if (human)
    human_text((unsigned long)s->st_size, to);
  else
    snprintf(to, 24, "%ld", s->st_size);
}

/* The widths of the columns of a long listing. */
struct widths {
  int links, size, inode, blocks, owner, group;
};

static void put_time(const struct timespec *when) {
  char text[256], iso[48];
  time_t now = time(0);
  int recent = when->tv_sec <= now && when->tv_sec > now - HALF_A_YEAR;
  const char *format = recent ? "%b %e %H:%M" : "%b %e  %Y";
  if (time_style && strcmp(time_style, "full-iso") == 0) {
    printf("%s ", file_time(when, iso));
    return;
  }
  if (time_style && *time_style == '+') format = time_style + 1;
  else if (time_style && strcmp(time_style, "long-iso") == 0) format = "%Y-%m-%d %H:%M";
  else if (time_style && strcmp(time_style, "iso") == 0) format = recent ? "%m-%d %H:%M" : "%Y-%m-%d ";
  text[strftime(text, sizeof text, format, localtime(&when->tv_sec))] = 0;
  printf("%s ", text);
}

static void put_link(const char *directory, const struct entry *entry) {
  char path[4096], target[4096];
  struct stat s;
  snprintf(path, sizeof path, "%s%s%s", directory, *directory ? "/" : "", entry->name);
  ssize_t length = readlink(path, target, sizeof target - 1);
  if (length < 0) return;
  target[length] = 0;
  char *shown = quote(target, style);
  fputs(" -> ", stdout);
  if (stat(path, &s) == 0) {
    put_coloured(shown, s.st_mode);
    if (classify && kind_suffix(s.st_mode)) putchar(kind_suffix(s.st_mode));
  } else fputs(shown, stdout);
  free(shown);
}

static void put_long(const char *directory, const struct entry *entry, const struct widths *w) {
  const struct stat *s = &entry->stat;
  char uid[12], gid[12], size[24], mode[11];
  size_text(s, size);
  printf("%s %*u ", file_permissions(s->st_mode, mode), w->links, s->st_nlink);
  if (!no_owner) printf("%-*s ", w->owner, number_or(file_owner(s->st_uid, 0), s->st_uid, uid));
  if (!no_group) printf("%-*s ", w->group, number_or(file_group(s->st_gid, 0), s->st_gid, gid));
  if (author) printf("%-*s ", w->owner, number_or(file_owner(s->st_uid, 0), s->st_uid, uid));
  printf("%*s ", w->size, size);
  put_time(time_of(s));
  int links = classify;
  if (S_ISLNK(s->st_mode)) classify = 0; /* its own @ would be in the way of the arrow */
  put_name(entry);
  classify = links;
  if (S_ISLNK(s->st_mode)) put_link(directory, entry);
  putchar(end_of_name);
}

static int name_width(const struct entry *entry) {
  return text_width(entry->shown) + is_moved(entry) + ((classify || slashes) && kind_suffix(entry->stat.st_mode));
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

static void widen(int *width, int to) {
  if (to > *width) *width = to;
}

static char *blocks_text(const struct stat *s, char to[24]) {
  if (human) return human_text((unsigned long)s->st_blocks * 512, to);
  snprintf(to, 24, "%ld", ((long)s->st_blocks + 1) / 2);
  return to;
}

static void put_entries(const char *directory, struct entry *entries, int count) {
  any_quoted = 0;
  for (int i = 0; i < count; i++) {
    entries[i].shown = quote(entries[i].name, style);
    any_quoted |= style == QUOTE_SHELL_ESCAPE && strchr("'\"", *entries[i].shown) != 0;
  }
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
  struct widths w = {1, 1, 1, 1, 1, 1};
  for (int i = 0; i < count; i++) {
    const struct stat *s = &entries[i].stat;
    char text[24], id[12];
    widen(&w.links, snprintf(text, sizeof text, "%u", s->st_nlink));
    widen(&w.inode, snprintf(text, sizeof text, "%lu", s->st_ino));
    widen(&w.blocks, (int)strlen(blocks_text(s, text)));
    size_text(s, text);
    widen(&w.size, (int)strlen(text));
    if (!long_format) continue;
    widen(&w.owner, (int)strlen(number_or(file_owner(s->st_uid, 0), s->st_uid, id)));
    widen(&w.group, (int)strlen(number_or(file_group(s->st_gid, 0), s->st_gid, id)));
  }
  for (int i = 0; i < count; i++) {
    char text[24];
    if (inodes) printf("%*lu ", w.inode, entries[i].stat.st_ino);
    if (blocks_shown) printf("%*s ", w.blocks, blocks_text(&entries[i].stat, text));
    if (long_format) {
      put_long(directory, &entries[i], &w);
    } else {
      put_name(&entries[i]);
      putchar(end_of_name);
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

static int is_hidden(const char *name) {
  for (int i = 0; i < hidden_count; i++)
    if ((hidden[i].even_with_all || (!all && !almost_all)) && fnmatch(hidden[i].glob, name, FNM_PERIOD) == 0) return 1;
  return 0;
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
  if (several || recursive) {
    char *shown = quote(path, style);
    printf("%s%s:\n", listed ? "\n" : "", shown);
    free(shown);
  }
  listed = 1;
  struct entry *entries = 0;
  int count = 0;
  long blocks = 0;
  for (struct dirent *found; (found = readdir(directory));) {
    int dots = strcmp(found->d_name, ".") == 0 || strcmp(found->d_name, "..") == 0;
    if (found->d_name[0] == '.' && !all && !(almost_all && !dots)) continue;
    if (is_hidden(found->d_name)) continue;
    struct entry entry;
    memset(&entry.stat, 0, sizeof entry.stat);
    if (fstatat(dirfd(directory), found->d_name, &entry.stat, dereference ? 0 : AT_SYMLINK_NOFOLLOW) < 0 &&
        fstatat(dirfd(directory), found->d_name, &entry.stat, AT_SYMLINK_NOFOLLOW) < 0) {
      if (errno == ENOENT) continue; /* it went away meanwhile, as processes in /proc do */
      tool_complain("cannot access '%s': %s", found->d_name, strerror(errno));
      status = 1;
    }
    entry.name = strdup(found->d_name);
    blocks += entry.stat.st_blocks;
    entries = grown(entries, count, sizeof *entries);
    entries[count++] = entry;
  }
  closedir(directory);
  if (long_format || blocks_shown) {
    char text[24];
    if (human) printf("total %s%c", human_text((unsigned long)blocks * 512, text), end_of_name);
    else printf("total %ld%c", blocks / 2, end_of_name);
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
  for (int i = 0; i < count; i++) free(entries[i].name), free(entries[i].shown);
  free(entries);
}

/* ---- options ---- */

enum { COLOR = 1, FOLDERS_FIRST, FULL_TIME, TIME_STYLE, SORT, QUOTING, HIDE, FILE_TYPE, SI, TIME, INDICATOR, AUTHOR, CONTROLS, ZERO, CLASSIFY };

/* Which of the words it is; another ends the program. */
static int choose(const char *option, const char *word, const char *const *words) {
  for (int i = 0; words[i]; i++)
    if (strcmp(words[i], word) == 0) return i;
  tool_complain("invalid argument '%s' for '--%s'", word, option);
  fputs("Valid arguments are:\n", stderr);
  for (; *words; words++) fprintf(stderr, "  - '%s'\n", *words);
  tool_trouble = 1;
  tool_bad_usage();
}

static void sort_by(int letter) {
  by_size = letter == 'S';
  by_time = letter == 't';
  by_extension = letter == 'X';
  by_version = letter == 'v';
  unsorted = letter == 'U';
}

static void choose_quoting(const char *word) {
  static const char *const words[] = {"literal", "shell", "shell-always", "shell-escape", "c", "escape", 0};
  style = (enum quote_style)choose("quoting-style", word, words);
  aligned = style == QUOTE_SHELL || style == QUOTE_SHELL_ESCAPE;
}

static void choose_time(const char *word) {
  static const char *const words[] = {"full-iso", "long-iso", "iso", "locale", 0};
  time_style = word;
  if (*word != '+') choose("time-style", word, words);
}

static void hide(const char *glob, int even_with_all) {
  if (hidden_count < (int)(sizeof hidden / sizeof *hidden)) hidden[hidden_count++] = (struct hidden){glob, even_with_all};
}

int main(int argc, char **argv) {
  tool_trouble = 2;
  tool_start(argc, argv, usage);
  static const char *const sorts[] = {"none", "time", "size", "extension", "version", "name", 0};
  static const char *const times[] = {"atime", "access", "use", "ctime", "status", "mtime", "modification", 0};
  static const char *const indicators[] = {"none", "slash", "file-type", "classify", 0};
  struct winsize size;
  at_terminal = isatty(1);
  colours = colour_wanted(0);
  one_column = !at_terminal;
  if (at_terminal) style = QUOTE_SHELL_ESCAPE, aligned = 1;
  if (at_terminal && ioctl(1, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) width = size.ws_col;
  for (int option; (option = tool_option(argc, argv, "1A(almost-all)a(all)bB(ignore-backups)CcD(dired)d(directory)FfGgHh(human-readable)I:(ignore)i(inode)kLlmnNopq(hide-control-chars)Q(quote-name)"
       "R(recursive)r(reverse)Ss(size)T:(tabsize)tUuvw:(width)Xx\1::(color)(colour)\2(group-directories-first)\3(full-time)\4:(time-style)\5:(sort)\6:(quoting-style)\7:(hide)\10(file-type)\11(si)\12:(time)"
       "\13:(indicator-style)\14(author)\15(show-control-chars)\16(zero)\17::(classify)G(no-group)L(dereference)H(dereference-command-line)k(kibibytes)n(numeric-uid-gid)b(escape)N(literal)p")) != -1;) {
    switch (option) {
      case '1': one_column = 1, commas = rows_first = 0; break;
      case 'a': all = 1, almost_all = 0; break;
      case 'A': almost_all = 1, all = 0; break;
      case 'B': hide("*~", 1), hide(".*~", 1); break;
      case 'b': choose_quoting("escape"); break;
      case 'C': one_column = long_format = commas = rows_first = 0; break;
      case 'c': which_time = 'c'; break;
      case 'd': directories = 1; break;
      case 'F':
      case CLASSIFY:
        classify = !optarg || strcmp(optarg, "always") == 0 || (strcmp(optarg, "auto") == 0 && at_terminal);
        break;
      case FILE_TYPE: classify = 't'; break;
      case INDICATOR: {
        int which = choose("indicator-style", optarg, indicators);
        slashes = which == 1;
        classify = which == 2 ? 't' : which == 3;
        break;
      }
      case 'f':
        all = 1;
        sort_by('U');
        break;
      case 'g': long_format = no_owner = 1; break;
      case 'G': no_group = 1; break;
      case 'H': named_links = 1; break;
      case 'h': human = 1; break;
      case SI: human = by_thousands = 1; break;
      case 'I': hide(optarg, 1); break;
      case HIDE: hide(optarg, 0); break;
      case 'i': inodes = 1; break;
      case 'L': dereference = 1; break;
      case 'l': long_format = 1; break;
      case 'm': commas = 1, one_column = long_format = 0; break;
      case 'n': long_format = numeric = 1; break;
      case 'N': choose_quoting("literal"); break;
      case CONTROLS: questions = 0; break;
      case 'o': long_format = no_group = 1; break;
      case 'p': slashes = 1; break;
      case 'Q': choose_quoting("c"); break;
      case QUOTING: choose_quoting(optarg); break;
      case 'q': questions = 1; break;
      case 'R': recursive = 1; break;
      case 'r': reverse = 1; break;
      case 's': blocks_shown = 1; break;
      case 'S':
      case 't':
      case 'U':
      case 'v':
      case 'X': sort_by(option); break;
      case SORT: sort_by("UtSXv\0"[choose("sort", optarg, sorts)]); break;
      case TIME: which_time = "aaaccmm"[choose("time", optarg, times)]; break;
      case 'u': which_time = 'a'; break;
      case 'w': width = (int)tool_number(optarg, 10, 10000, "line width"); break;
      case 'x': rows_first = 1, one_column = long_format = commas = 0; break;
      case COLOR: colours = colour_wanted(optarg ? optarg : "always"); break;
      case FOLDERS_FIRST: folders_first = 1; break;
      case FULL_TIME: long_format = 1, time_style = "full-iso"; break;
      case TIME_STYLE: choose_time(optarg); break;
      case AUTHOR: author = 1; break;
      case ZERO:
        end_of_name = 0;
        one_column = 1;
        colours = 0;
        choose_quoting("literal");
        break;
    }
  }
  if (width == 0) width = 1 << 20;
  if (which_time != 'm' && !long_format && !by_size && !by_extension && !by_version && !unsorted) by_time = 1;
  int count = argc - optind, files = 0;
  char *here[] = {"."}, **paths = count ? argv + optind : here;
  if (count == 0) count = 1;
  several = count > 1;

  struct entry *entries = calloc((size_t)count, sizeof *entries);
  char **folders = calloc((size_t)count, sizeof *folders);
  int folder_count = 0;
  for (int i = 0; i < count; i++) {
    struct stat s;
    int follow = dereference || named_links || (!long_format && !directories && !classify);
    if ((follow ? stat(paths[i], &s) : lstat(paths[i], &s)) < 0 && (dereference || lstat(paths[i], &s) < 0)) {
      status = 2;
      char *shown = quote(paths[i], QUOTE_SHELL_ALWAYS);
      tool_complain("cannot access %s: %s", shown, strerror(errno));
      free(shown);
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
