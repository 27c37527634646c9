/* test and [: conditions about files, texts and numbers (XCU test). With up to four arguments their number decides what is
   an operator, as POSIX has it, so that `test "$x" = "("` is safe; more are read as an expression. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "tools/tool.h"

static const char usage[] =
    "test EXPRESSION\n"
    "       [ EXPRESSION ]\n"
    "The status is 0 if EXPRESSION is true, 1 if it is false, 2 if it is none.\n"
    "  -e -f -d -h -L -p -c -b -S FILE  exists; is a file, directory, link, pipe, device, socket\n"
    "  -r -w -x -s -O -G -N FILE        may be read, written, run; is not empty; is mine, my group's; changed since it was read\n"
    "  FILE -nt -ot -ef FILE            newer, older, the same          -t FD  is a terminal\n"
    "  -n -z TEXT, TEXT = != < > TEXT   N -eq -ne -lt -le -gt -ge N     ! E, E -a E, E -o E, ( E )\n";

static char **at, **end;

static _Noreturn void fail(const char *format, const char *what) {
  char text[300];
  snprintf(text, sizeof text, format, what);
  tool_complain("%s", text);
  exit(2);
}

static int one_of(const char *text, const char *const *list) {
  for (; *list; list++)
    if (strcmp(text, *list) == 0) return 1;
  return 0;
}

static int is_binary(const char *text) {
  static const char *const ops[] = {"=", "==", "!=", "<", ">", "-eq", "-ne", "-lt", "-le", "-gt", "-ge", "-nt", "-ot", "-ef", 0};
  return one_of(text, ops);
}

static int is_unary(const char *text) {
  return text[0] == '-' && text[1] && !text[2] && strchr("bcdefgGhLkNOprSstuwxzn", text[1]);
}

static long number(const char *text) {
  char *rest;
  errno = 0;
  long value = strtol(text, &rest, 10);
  while (*rest == ' ' || *rest == '\t') rest++;
  if (rest == text || *rest) fail("invalid integer '%.256s'", text);
  return value;
}

static int compare_files(const char *left, char op, const char *right) {
  struct stat a, b;
  int has_a = stat(left, &a) == 0, has_b = stat(right, &b) == 0;
  if (op == 'e') return has_a && has_b && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
  if (!has_a || !has_b) return op == 'n' ? has_a && !has_b : has_b && !has_a;
  long seconds = a.st_mtim.tv_sec - b.st_mtim.tv_sec, order = seconds ? seconds : a.st_mtim.tv_nsec - b.st_mtim.tv_nsec;
  return op == 'n' ? order > 0 : order < 0;
}

static int binary(const char *left, const char *op, const char *right) {
  switch (op[0]) {
    case '=': return strcmp(left, right) == 0;
    case '!': return strcmp(left, right) != 0;
    case '<': return strcmp(left, right) < 0;
    case '>': return strcmp(left, right) > 0;
  }
  if (op[2] == 't' && (op[1] == 'n' || op[1] == 'o')) return compare_files(left, op[1], right);
  if (strcmp(op, "-ef") == 0) return compare_files(left, 'e', right);
  long a = number(left), b = number(right);
  switch (op[1]) {
    case 'e': return a == b;
    case 'n': return a != b;
    case 'l': return op[2] == 't' ? a < b : a <= b;
    default: return op[2] == 't' ? a > b : a >= b;
  }
}

static int unary(char op, const char *text) {
  struct stat s;
  switch (op) {
    case 'n': return *text != 0;
    case 'z': return *text == 0;
    case 't': return isatty((int)number(text));
    case 'r': return access(text, R_OK) == 0;
    case 'w': return access(text, W_OK) == 0;
    case 'x': return access(text, X_OK) == 0;
    case 'h':
    case 'L': return lstat(text, &s) == 0 && S_ISLNK(s.st_mode);
  }
  if (stat(text, &s) < 0) return 0;
  switch (op) {
    case 'b': return S_ISBLK(s.st_mode);
    case 'c': return S_ISCHR(s.st_mode);
    case 'd': return S_ISDIR(s.st_mode);
    case 'f': return S_ISREG(s.st_mode);
    case 'G': return s.st_gid == getegid();
    case 'N': return s.st_mtim.tv_sec > s.st_atim.tv_sec || (s.st_mtim.tv_sec == s.st_atim.tv_sec && s.st_mtim.tv_nsec > s.st_atim.tv_nsec);
    case 'O': return s.st_uid == geteuid();
    case 'p': return S_ISFIFO(s.st_mode);
    case 'S': return S_ISSOCK(s.st_mode);
    case 's': return s.st_size > 0;
    case 'u': return (s.st_mode & S_ISUID) != 0;
    case 'g': return (s.st_mode & S_ISGID) != 0;
    case 'k': return (s.st_mode & S_ISVTX) != 0;
    default: return 1;
  }
}

static int either(void);

static int primary(void) {
  if (at == end) fail("missing argument after '%.256s'", at[-1]);
  long left = end - at;
  char **v = at;
  if (strcmp(v[0], "!") == 0 && left > 1 && !(left >= 3 && is_binary(v[1]))) {
    at++;
    return !primary();
  }
  if (left >= 3 && is_binary(v[1])) {
    at += 3;
    return binary(v[0], v[1], v[2]);
  }
  if (strcmp(v[0], "(") == 0 && left > 1) {
    at++;
    int value = either();
    if (at == end || strcmp(*at, ")")) fail("'%s' expected", ")");
    at++;
    return value;
  }
  if (left >= 2 && is_unary(v[0])) {
    at += 2;
    return unary(v[0][1], v[1]);
  }
  at++;
  return *v[0] != 0;
}

static int next_is(const char *what) {
  if (at == end || strcmp(*at, what)) return 0;
  at++;
  return 1;
}

static int both(void) {
  int value = primary();
  while (next_is("-a")) value &= primary();
  return value;
}

static int either(void) {
  int value = both();
  while (next_is("-o")) value |= both();
  return value;
}

/* By the number of arguments, where POSIX says it. */
static int evaluate(void) {
  long count = end - at;
  if (count == 0) return 0;
  if (count == 1) return *at++[0] != 0;
  if (count == 2 && strcmp(at[0], "!")) {
    int like_unary = at[0][0] == '-' && at[0][1] && !at[0][2];
    if (is_binary(at[1]) || (!is_unary(at[0]) && !like_unary)) fail("missing argument after '%.256s'", at[1]);
    if (!is_unary(at[0])) fail("'%.256s': unary operator expected", at[0]);
  } else if (count <= 4 && strcmp(at[0], "!") == 0 && !(count == 3 && is_binary(at[1]))) {
    at++;
    return !evaluate();
  } else if (count == 3 && !is_binary(at[1]) && strcmp(at[1], "-a") && strcmp(at[1], "-o") && strcmp(at[0], "(")) {
    fail("'%.256s': binary operator expected", at[1]);
  } else if (count == 3 && strcmp(at[0], "(") == 0 && strcmp(at[2], ")") == 0 && !is_binary(at[1])) {
    at += 3;
    return *at[-2] != 0;
  }
  return either();
}

int main(int argc, char **argv) {
  at = argv + 1;
  end = argv + argc;
  if (strcmp(program_invocation_short_name, "[") == 0) {
    tool_start(argc, argv, usage);
    if (strcmp(end[-1], "]")) fail("missing '%s'", "]");
    end--;
  }
  int value = evaluate();
  if (at != end) fail("extra argument '%.256s'", *at);
  return !value;
}
