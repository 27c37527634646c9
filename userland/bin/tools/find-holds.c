/* What find's expression says of a file. See find-expression.h. */
#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "find-node.h"
#include "pattern.h"
#include "tool.h"

char find_letter(mode_t mode) {
  return S_ISDIR(mode) ? 'd' : S_ISLNK(mode) ? 'l' : S_ISCHR(mode) ? 'c' : S_ISBLK(mode) ? 'b' : S_ISFIFO(mode) ? 'p' : S_ISSOCK(mode) ? 's' : 'f';
}

const struct timespec *find_time(const struct stat *s, char which) {
  return which == 'a' ? &s->st_atim : which == 'c' ? &s->st_ctim : &s->st_mtim;
}

const char *find_name(const char *path) {
  const char *end = path + strlen(path);
  while (end > path + 1 && end[-1] == '/') end--;
  while (end > path && end[-1] != '/') end--;
  return *end ? end : path;
}

int find_stat(const char *path, int follow, struct stat *to) {
  if (follow && stat(path, to) == 0) return 0;
  return lstat(path, to);
}

static int compare(const struct node *n, unsigned long number) {
  return n->sign == '+' ? number > n->number : n->sign == '-' ? number < n->number : number == n->number;
}

static int is_empty(const char *path, const struct stat *s) {
  if (S_ISREG(s->st_mode)) return s->st_size == 0;
  DIR *directory = S_ISDIR(s->st_mode) ? opendir(path) : 0;
  int count = 0;
  if (!directory) return 0;
  while (count < 3 && readdir(directory)) count++;
  closedir(directory);
  return count == 2;
}

static int has_name(const struct node *n, const char *path, int flags) {
  const char *name = find_name(path);
  size_t size = strlen(name);
  if (name[size - 1] != '/' || size < 2) return fnmatch(n->text, name, flags) == 0;
  char *copy = strdup(name);
  while (size > 1 && copy[size - 1] == '/') copy[--size] = 0;
  int result = fnmatch(n->text, copy, flags) == 0;
  free(copy);
  return result;
}

static int leads_to(const struct node *n, const struct found *f, int flags) {
  char target[4096];
  ssize_t size = S_ISLNK(f->stat->st_mode) ? readlink(f->path, target, sizeof target - 1) : -1;
  if (size < 0) return 0;
  target[size] = 0;
  return fnmatch(n->text, target, flags) == 0;
}

/* The whole path has to match. */
static int matches(const struct node *n, const char *path) {
  regmatch_t m;
  size_t size = strlen(path);
  return pattern_find(&n->regex, path, 0, size, &m, 1, 0) && m.rm_so == 0 && (size_t)m.rm_eo == size;
}

/* -xtype: what a link leads to, or with -L the link itself. */
static int has_other_type(const struct node *n, const struct found *f) {
  struct stat s = *f->stat;
  if (find_options.follow == 'L') lstat(f->path, &s);
  else stat(f->path, &s);
  return strchr(n->text, find_letter(s.st_mode)) != 0;
}

static int has_mode(const struct node *n, unsigned long mode) {
  if (n->sign == '-') return (mode & n->number) == n->number;
  return n->sign == '/' ? (mode & n->number) != 0 || n->number == 0 : mode == n->number;
}

static int is_before(struct timespec a, struct timespec b) {
  return a.tv_sec < b.tv_sec || (a.tv_sec == b.tv_sec && a.tv_nsec < b.tv_nsec);
}

/* -mtime counts whole days that have passed; -mmin minutes that have begun. */
static int has_age(const struct node *n, const struct timespec *t, long unit) {
  long seconds = n->time.tv_sec - t->tv_sec, rest = n->time.tv_nsec - t->tv_nsec;
  if (rest < 0) seconds--, rest += 1000000000;
  if (n->kind == DAYS) return compare(n, seconds < 0 ? 0 : (unsigned long)(seconds / unit));
  long limit = (long)n->number * unit;
  if (n->sign == '+') return seconds > limit || (seconds == limit && rest > 0);
  if (n->sign == '-') return seconds < limit;
  return seconds < limit && seconds >= limit - unit;
}

static int delete(const struct found *f) {
  if (strcmp(f->path, ".") == 0 || (S_ISDIR(f->stat->st_mode) ? rmdir(f->path) : unlink(f->path)) == 0) return 1;
  tool_complain("cannot delete '%s': %s", f->path, strerror(errno));
  find_options.status = 1;
  return 0;
}

static int print(const struct node *n, const char *path) {
  fputs(path, n->file);
  putc(n->kind == PRINT ? '\n' : 0, n->file);
  return 1;
}

int find_holds(struct node *n, struct found *f) {
  const struct stat *s = f->stat;
  switch (n->kind) {
    case AND: return find_holds(n->left, f) && find_holds(n->right, f);
    case OR: return find_holds(n->left, f) || find_holds(n->right, f);
    case NOT: return !find_holds(n->left, f);
    case COMMA: find_holds(n->left, f); return find_holds(n->right, f);
    case NAME: return has_name(n, f->path, 0);
    case INAME: return has_name(n, f->path, FNM_CASEFOLD);
    case PATH: return fnmatch(n->text, f->path, 0) == 0;
    case IPATH: return fnmatch(n->text, f->path, FNM_CASEFOLD) == 0;
    case LNAME: return leads_to(n, f, 0);
    case ILNAME: return leads_to(n, f, FNM_CASEFOLD);
    case REGEX:
    case IREGEX: return matches(n, f->path);
    case TYPE: return strchr(n->text, find_letter(s->st_mode)) != 0;
    case XTYPE: return has_other_type(n, f);
    case SIZE: return compare(n, ((unsigned long)s->st_size + n->unit - 1) / n->unit);
    case EMPTY: return is_empty(f->path, s);
    case NEWER: return is_before(n->time, *find_time(s, n->which));
    case DAYS: return has_age(n, find_time(s, n->which), 86400);
    case MINUTES: return has_age(n, find_time(s, n->which), 60);
    case PERM: return has_mode(n, s->st_mode & 07777);
    case LINKS: return compare(n, s->st_nlink);
    case INUM: return compare(n, s->st_ino);
    case USER:
    case UID: return compare(n, s->st_uid);
    case GROUP:
    case GID: return compare(n, s->st_gid);
    case NO_USER: return !getpwuid(s->st_uid);
    case NO_GROUP: return !getgrgid(s->st_gid);
    case SAME: return s->st_ino == n->same.st_ino && s->st_dev == n->same.st_dev;
    case READABLE: return access(f->path, R_OK) == 0;
    case WRITABLE: return access(f->path, W_OK) == 0;
    case EXECUTABLE: return access(f->path, X_OK) == 0;
    case FALSE: return 0;
    case PRINT:
    case PRINT0: return print(n, f->path);
    case PRINTF: find_printf(n->file, n->text, f); return 1;
    case LS: find_list(n->file, f); return 1;
    case EXEC:
    case EXECDIR:
    case OK: return find_execute(n, f->path);
    case DELETE: return delete(f);
    case PRUNE: f->prunes = 1; return 1;
    case QUIT: find_end();
    default: return 1;
  }
}
