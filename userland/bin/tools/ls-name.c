/* Names of files as ls shows them: quoted, coloured, with a suffix for their kind (ls.h). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "ls.h"

static int any_quoted;

void ls_quote_names(struct entry *entries, int count) {
  any_quoted = 0;
  for (int i = 0; i < count; i++) {
    entries[i].shown = quote(entries[i].name, ls.style);
    any_quoted |= ls.style == QUOTE_SHELL_ESCAPE && strchr("'\"", *entries[i].shown) != 0;
  }
}

static char kind_suffix(mode_t mode) {
  if (S_ISDIR(mode)) return '/';
  if (ls.slashes) return 0;
  if (S_ISLNK(mode)) return '@';
  if (S_ISFIFO(mode)) return '|';
  if (S_ISSOCK(mode)) return '=';
  return S_ISREG(mode) && (mode & 0111) && ls.classify != 't' ? '*' : 0;
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
  const char *start = ls.colours ? colour(mode) : 0;
  if (start) printf("%s\033[%sm", begun++ ? "" : "\033[0m", start);
  for (const char *c = name; *c; c++) putchar(ls.questions && ((unsigned char)*c < ' ' || *c == 127) ? '?' : *c);
  if (start) fputs("\033[0m", stdout);
}

/* Where some names have quotes, the others are moved by one column, so that letters are below letters. */
static int is_moved(const struct entry *entry) {
  return ls.aligned && any_quoted && !strchr("'\"", *entry->shown);
}

int ls_put_name(const struct entry *entry) {
  int moved = is_moved(entry), shown = text_width(entry->shown) + moved;
  if (moved) putchar(' ');
  put_coloured(entry->shown, entry->stat.st_mode);
  char suffix = ls.classify || ls.slashes ? kind_suffix(entry->stat.st_mode) : 0;
  if (suffix) putchar(suffix);
  return shown + (suffix != 0);
}

void ls_put_target(const char *directory, const struct entry *entry) {
  char path[4096], target[4096];
  struct stat s;
  snprintf(path, sizeof path, "%s%s%s", directory, *directory ? "/" : "", entry->name);
  ssize_t length = readlink(path, target, sizeof target - 1);
  if (length < 0) return;
  target[length] = 0;
  char *shown = quote(target, ls.style);
  fputs(" -> ", stdout);
  if (stat(path, &s) == 0) {
    put_coloured(shown, s.st_mode);
    if (ls.classify && kind_suffix(s.st_mode)) putchar(kind_suffix(s.st_mode));
  } else fputs(shown, stdout);
  free(shown);
}

int ls_name_width(const struct entry *entry) {
  return text_width(entry->shown) + is_moved(entry) + ((ls.classify || ls.slashes) && kind_suffix(entry->stat.st_mode));
}
