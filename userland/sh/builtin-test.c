/*
 * test and [ (XCU test). What an operator is depends on where it stands: a binary one between two
 * operands wins over a unary one before them, so `test "$x" = "("` is always safe.
 */
#include "sh.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct test {
  char **v;
  int at, n;
  bool failed;
};

static bool either(struct test *t);

static bool complain(struct test *t, const char *what, const char *why) {
  if (!t->failed) warn("test: %s: %s", what, why);
  t->failed = true;
  return false;
}

static const char *const binary_ops[] = {"=",   "!=",  "-eq", "-ne", "-lt", "-le", "-gt",
                                         "-ge", "-nt", "-ot", "-ef", "==",  "<",   ">"};

static bool is_binary(const char *s) {
  for (size_t i = 0; i < sizeof binary_ops / sizeof *binary_ops; i++)
    if (strcmp(binary_ops[i], s) == 0) return true;
  return false;
}

static bool is_unary(const char *s) {
  return s[0] == '-' && s[1] && !s[2] && strchr("bcdefghLkprSstuwxznOG", s[1]);
}

static long long number(struct test *t, const char *s) {
  char *end;
  long long n = strtoll(s, &end, 10);
  while (*end == ' ' || *end == '\t') end++;
  if (!*s || *end) complain(t, s, "not a number");
  return n;
}

static bool compare_files(const char *a, const char *op, const char *b) {
  struct stat x, y;
  bool has_x = stat(a, &x) == 0, has_y = stat(b, &y) == 0;
  if (op[1] == 'e') return has_x && has_y && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
  bool newer = op[1] == 'n';
  if (!has_x || !has_y) return newer ? has_x : has_y;
  if (x.st_mtim.tv_sec != y.st_mtim.tv_sec) return (x.st_mtim.tv_sec > y.st_mtim.tv_sec) == newer;
  if (x.st_mtim.tv_nsec == y.st_mtim.tv_nsec) return false;
  return (x.st_mtim.tv_nsec > y.st_mtim.tv_nsec) == newer;
}

static bool binary(struct test *t, const char *a, const char *op, const char *b) {
  if (op[0] == '=') return strcmp(a, b) == 0;
  if (op[0] == '!') return strcmp(a, b) != 0;
  if (op[0] == '<') return strcmp(a, b) < 0;
  if (op[0] == '>') return strcmp(a, b) > 0;
  if (strcmp(op, "-nt") == 0 || strcmp(op, "-ot") == 0 || strcmp(op, "-ef") == 0)
    return compare_files(a, op, b);
  long long x = number(t, a), y = number(t, b);
  switch (op[1]) {
    case 'e': return x == y;
    case 'n': return x != y;
    case 'l': return op[2] == 't' ? x < y : x <= y;
    default: return op[2] == 't' ? x > y : x >= y;
  }
}

static bool unary(struct test *t, char op, const char *s) {
  struct stat st;
  if (op == 'n') return *s != 0;
  if (op == 'z') return *s == 0;
  if (op == 't') return isatty((int)number(t, s));
  if (op == 'r') return access(s, R_OK) == 0;
  if (op == 'w') return access(s, W_OK) == 0;
  if (op == 'x') return access(s, X_OK) == 0;
  if (op == 'h' || op == 'L') return lstat(s, &st) == 0 && S_ISLNK(st.st_mode);
  if (stat(s, &st) < 0) return false;
  switch (op) {
    case 'b': return S_ISBLK(st.st_mode);
    case 'c': return S_ISCHR(st.st_mode);
    case 'd': return S_ISDIR(st.st_mode);
    case 'f': return S_ISREG(st.st_mode);
    case 'p': return S_ISFIFO(st.st_mode);
    case 'S': return S_ISSOCK(st.st_mode);
    case 'O': return st.st_uid == geteuid();
    case 'G': return st.st_gid == getegid();
    case 's': return st.st_size > 0;
    case 'u': return (st.st_mode & S_ISUID) != 0;
    case 'g': return (st.st_mode & S_ISGID) != 0;
    case 'k': return (st.st_mode & 01000) != 0;
    default: return true;
  }
}

static bool primary(struct test *t) {
  int left = t->n - t->at;
  char **v = t->v + t->at;
  if (left <= 0) return complain(t, "expression", "an operand is missing");
  if (left >= 3 && is_binary(v[1])) {
    t->at += 3;
    return binary(t, v[0], v[1], v[2]);
  }
  if (left >= 2 && strcmp(v[0], "!") == 0) {
    t->at++;
    return !primary(t);
  }
  if (left >= 3 && strcmp(v[0], "(") == 0) {
    t->at++;
    bool yes = either(t);
    if (t->at >= t->n || strcmp(t->v[t->at], ")")) return complain(t, "(", "not closed");
    t->at++;
    return yes;
  }
  if (left >= 2 && is_unary(v[0])) {
    t->at += 2;
    return unary(t, v[0][1], v[1]);
  }
  t->at++;
  return *v[0] != 0;
}

static bool follows(struct test *t, const char *op) {
  if (t->at >= t->n || strcmp(t->v[t->at], op)) return false;
  t->at++;
  return true;
}

static bool both(struct test *t) {
  bool yes = primary(t);
  while (follows(t, "-a")) yes = primary(t) && yes;
  return yes;
}

static bool either(struct test *t) {
  bool yes = both(t);
  while (follows(t, "-o")) yes = both(t) || yes;
  return yes;
}

/* What POSIX lays down by the number of operands, where the grammar would see something else. */
static bool whole(struct test *t) {
  char **v = t->v + t->at;
  int left = t->n - t->at;
  if (left == 3 && (strcmp(v[1], "-a") == 0 || strcmp(v[1], "-o") == 0)) {
    t->at += 3;
    return v[1][1] == 'a' ? *v[0] && *v[2] : *v[0] || *v[2];
  }
  bool parentheses = left > 2 && strcmp(v[0], "(") == 0 && strcmp(v[left - 1], ")") == 0;
  if (left == 3 && parentheses && !is_binary(v[1])) {
    t->at += 3;
    return *v[1] != 0;
  }
  if (left == 4 && parentheses) {
    struct test inner = {v + 1, 0, 2, false};
    bool yes = either(&inner);
    t->failed = inner.failed;
    t->at += 4;
    return yes;
  }
  if ((left == 3 && !is_binary(v[1]) && strcmp(v[0], "!") == 0) ||
      (left == 4 && strcmp(v[0], "!") == 0)) {
    t->at++;
    return !whole(t);
  }
  return either(t);
}

int builtin_test(int argc, char **argv) {
  struct test t = {argv + 1, 0, argc - 1, false};
  if (argv[0][0] == '[') {
    if (strcmp(argv[argc - 1], "]")) {
      warn("[: ] is missing");
      return 2;
    }
    t.n--;
  }
  if (t.n == 0) return 1;
  bool yes = whole(&t);
  if (!t.failed && t.at < t.n) complain(&t, t.v[t.at], "an operator is wanted");
  return t.failed ? 2 : !yes;
}
