/* expr: computes what its arguments say, one operator or operand each: | & < <= = != >= > + - * / % : ( ). */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tools/pattern.h"
#include "tools/tool.h"

static const char usage[] =
    "expr EXPRESSION\n"
    "Prints the value of EXPRESSION. Operators, the weakest first: |  &  < <= = != >= >  + -  * / %  STRING : REGEX\n"
    "Also: match STRING REGEX, substr STRING POSITION LENGTH, index STRING CHARACTERS, length STRING, + WORD, ( ).\n"
    "The status is 0, or 1 when the value is 0 or empty, or 2 when there is none.\n";

static char **at;

static _Noreturn void fail(const char *what) {
  tool_complain("%s", what);
  exit(2);
}

static int next_is(const char *what) {
  if (!*at || strcmp(*at, what)) return 0;
  at++;
  return 1;
}

static const char *need(void) {
  if (*at) return *at++;
  char text[300];
  snprintf(text, sizeof text, "syntax error: missing argument after '%.256s'", at[-1]);
  fail(text);
}

static int is_number(const char *text, long *value) {
  char *end;
  if (text[text[0] == '-'] < '0' || text[text[0] == '-'] > '9') return 0;
  errno = 0;
  *value = strtol(text, &end, 10);
  if (*end) return 0;
  if (errno) {
    tool_complain("%s: Numerical result out of range", text);
    exit(2);
  }
  return 1;
}

static long number(const char *text) {
  long value;
  if (!is_number(text, &value)) fail("non-integer argument");
  return value;
}

static const char *text_of(long value) {
  char *text;
  if (asprintf(&text, "%ld", value) < 0) exit(2);
  return text;
}

static int is_null(const char *text) {
  long value;
  return !*text || (is_number(text, &value) && value == 0);
}

/* A match from the beginning: the first group's text, or how long the match is. */
static const char *match(const char *text, const char *pattern) {
  regex_t regex;
  regmatch_t m[2];
  pattern_compile(&regex, pattern, 0, 2);
  /* The leftmost match begins at the beginning if any does. */
  int groups = regex.re_nsub > 0, found = pattern_find(&regex, text, 0, strlen(text), m, 2, 0) && m[0].rm_so == 0;
  const char *result = groups ? "" : "0";
  if (found && !groups) result = text_of(m[0].rm_eo);
  if (found && groups && m[1].rm_so >= 0) result = strndup(text + m[1].rm_so, (size_t)(m[1].rm_eo - m[1].rm_so));
  regfree(&regex);
  return result;
}

static const char *either(void);

static const char *primary(void) {
  if (!*at) fail("syntax error: missing argument");
  if (next_is("(")) {
    const char *value = either();
    if (!next_is(")")) {
      char text[300];
      snprintf(text, sizeof text, *at ? "syntax error: expecting ')' instead of '%.256s'" : "syntax error: expecting ')' after '%.256s'", *at ? *at : at[-1]);
      fail(text);
    }
    return value;
  }
  if (strcmp(*at, ")") == 0) fail("syntax error: unexpected ')'");
  if (next_is("+")) return need();
  return *at++;
}

static const char *function(void) {
  if (next_is("match")) {
    if (!*at) need();
    const char *text = function();
    if (!*at) need();
    return match(text, function());
  }
  if (next_is("length")) {
    if (!*at) need();
    return text_of((long)strlen(function()));
  }
  if (next_is("index")) {
    if (!*at) need();
    const char *text = function();
    if (!*at) need();
    size_t place = strcspn(text, function());
    return text_of(text[place] ? (long)place + 1 : 0);
  }
  if (next_is("substr")) {
    long from, size;
    if (!*at) need();
    const char *text = function();
    if (!*at) need();
    if (!is_number(function(), &from)) from = 0;
    if (!*at) need();
    if (!is_number(function(), &size)) size = 0;
    if (from < 1 || size < 1 || (size_t)from > strlen(text)) return "";
    return strndup(text + from - 1, (size_t)size);
  }
  return primary();
}

static const char *matched(void) {
  const char *left = function();
  while (next_is(":")) {
    if (!*at) need();
    left = match(left, function());
  }
  return left;
}

static int skips; /* inside what & and | do not need: nothing is computed */

static const char *product(void) {
  const char *left = matched();
  for (;;) {
    char op = next_is("*") ? '*' : next_is("/") ? '/' : next_is("%") ? '%' : 0;
    if (!op) return left;
    if (!*at) need();
    const char *right = matched();
    if (skips) continue;
    long a = number(left), b = number(right), result;
    if (op != '*' && b == 0) fail("division by zero");
    if (op == '*') {
      if (__builtin_mul_overflow(a, b, &result)) fail("Numerical result out of range");
    } else {
      result = b == -1 ? (op == '/' ? (long)(0 - (unsigned long)a) : 0) : op == '/' ? a / b : a % b;
    }
    left = text_of(result);
  }
}

static const char *sum(void) {
  const char *left = product();
  for (;;) {
    int minus = next_is("-");
    if (!minus && !next_is("+")) return left;
    if (!*at) need();
    const char *right = product();
    if (skips) continue;
    long a = number(left), b = number(right), result;
    if (minus ? __builtin_sub_overflow(a, b, &result) : __builtin_add_overflow(a, b, &result))
      fail("Numerical result out of range");
    left = text_of(result);
  }
}

static const char *comparison(void) {
  static const char *const ops[] = {"<", "<=", "=", "==", "!=", ">=", ">"};
  const char *left = sum();
  for (;;) {
    int op = 0;
    while (op < 7 && !next_is(ops[op])) op++;
    if (op == 7) return left;
    if (!*at) need();
    const char *right = sum();
    long a, b;
    int order = is_number(left, &a) && is_number(right, &b) ? (a > b) - (a < b) : strcmp(left, right);
    static const unsigned char holds[] = {1, 3, 2, 2, 5, 6, 4}; /* bits: less, equal, greater */
    left = holds[op] >> (order < 0 ? 0 : order == 0 ? 1 : 2) & 1 ? "1" : "0";
  }
}

static const char *both(void) {
  const char *left = comparison();
  while (next_is("&")) {
    if (!*at) need();
    int unneeded = is_null(left);
    skips += unneeded;
    const char *right = comparison();
    skips -= unneeded;
    if (unneeded || is_null(right)) left = "0";
  }
  return left;
}

static const char *either(void) {
  const char *left = both();
  while (next_is("|")) {
    if (!*at) need();
    int unneeded = !is_null(left);
    skips += unneeded;
    const char *right = both();
    skips -= unneeded;
    if (!unneeded) left = is_null(right) ? "0" : right;
  }
  return left;
}

int main(int argc, char **argv) {
  tool_trouble = 2;
  tool_start(argc, argv, usage);
  at = argv + 1;
  if (*at && strcmp(*at, "--") == 0) at++;
  if (!*at) {
    tool_complain("missing operand");
    tool_bad_usage();
  }
  const char *value = either();
  if (*at) {
    char text[300];
    snprintf(text, sizeof text, "syntax error: unexpected argument '%.256s'", *at);
    fail(text);
  }
  puts(value);
  return tool_finish(is_null(value));
}
