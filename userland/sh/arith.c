/*
 * Arithmetic expansion (XCU 2.6.4): C's integer expressions on 64-bit two's complement, with
 * assignment, ++ and --, ?: and the comma. Overflow wraps, as it does on the machine.
 */
#include "sh.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

struct arith {
  const char *start, *p;
  bool failed;
  bool skip; /* an operand that && || or ?: does not evaluate */
  int depth;
};

static intmax_t expression(struct arith *a, int lowest);

static intmax_t fail(struct arith *a, const char *why) {
  if (!a->failed) warn("arithmetic: %s in \"%.80s\"", why, a->start);
  a->failed = true;
  return 0;
}

static void space(struct arith *a) {
  while (isspace((unsigned char)*a->p)) a->p++;
}

static intmax_t constant(struct arith *a) {
  int base = 10;
  uintmax_t value = 0;
  if (a->p[0] == '0' && (a->p[1] | 32) == 'x') {
    base = 16;
    a->p += 2;
    if (!isxdigit((unsigned char)*a->p)) return fail(a, "a number without digits");
  } else if (a->p[0] == '0') {
    base = 8;
  }
  for (; isalnum((unsigned char)*a->p); a->p++) {
    int c = (unsigned char)*a->p;
    int digit = isdigit(c) ? c - '0' : tolower(c) - 'a' + 10;
    if (digit >= base) return fail(a, "a digit that is too large");
    value = value * (unsigned)base + (unsigned)digit;
  }
  return (intmax_t)value;
}

/* A variable's value is itself an expression. */
static intmax_t value_of(struct arith *a, const char *name) {
  const char *s = var_get(name);
  if (!s && sh.nounset && !a->skip) {
    warn("%s: parameter not set", name);
    a->failed = true;
  }
  if (!s || a->failed || a->skip) return 0;
  struct arith inner = {s, s, false, false, a->depth + 1};
  if (inner.depth > 200) return fail(a, "a variable that refers to itself");
  space(&inner);
  if (!*inner.p) return 0;
  intmax_t v = expression(&inner, 0);
  if (!inner.failed && *inner.p) fail(&inner, "something unexpected");
  if (inner.failed) a->failed = true;
  return v;
}

static void assign(struct arith *a, const char *name, intmax_t v) {
  char number[24];
  if (a->skip || a->failed) return;
  snprintf(number, sizeof number, "%lld", (long long)v);
  if (var_set(name, number) < 0) a->failed = true;
}

static intmax_t binary(struct arith *a, const char *op, intmax_t x, intmax_t y) {
  uintmax_t ux = (uintmax_t)x, uy = (uintmax_t)y;
  if (a->skip || a->failed) return 0;
  switch (op[0]) {
    case '*': return (intmax_t)(ux * uy);
    case '/':
    case '%':
      if (y == 0) return fail(a, "division by zero");
      if (y == -1) return op[0] == '/' ? (intmax_t)(0 - ux) : 0;
      return op[0] == '/' ? x / y : x % y;
    case '+': return (intmax_t)(ux + uy);
    case '-': return (intmax_t)(ux - uy);
    case '<': return op[1] == '<' ? (intmax_t)(ux << (uy & 63)) : op[1] == '=' ? x <= y : x < y;
    case '>': return op[1] == '>' ? x >> (uy & 63) : op[1] == '=' ? x >= y : x > y;
    case '=': return x == y;
    case '!': return x != y;
    case '&': return x & y;
    case '^': return x ^ y;
    case '|': return x | y;
    default: return y;
  }
}

/* Longest first, so that "<<" is not read as "<". Precedence as in C, 1 (comma) to 13. */
static const struct {
  const char *text;
  int precedence;
} operators[] = {{"<<", 10}, {">>", 10}, {"<=", 9}, {">=", 9}, {"==", 8}, {"!=", 8}, {"&&", 4},
                 {"||", 3},  {"*", 12},  {"/", 12}, {"%", 12}, {"+", 11}, {"-", 11}, {"<", 9},
                 {">", 9},   {"&", 7},   {"^", 6},  {"|", 5},  {"?", 2},  {",", 1}};

/* NAME = e, NAME += e and so on; false when what follows the name is no assignment. */
static bool assignment(struct arith *a, const char *name, intmax_t *result) {
  static const char *const ops[] = {"=", "*=", "/=", "%=", "+=", "-=", "<<=", ">>=", "&=", "^=", "|="};
  for (size_t i = 0; i < sizeof ops / sizeof *ops; i++) {
    size_t n = strlen(ops[i]);
    if (strncmp(a->p, ops[i], n) || (n == 1 && a->p[1] == '=')) continue;
    a->p += n;
    intmax_t right = expression(a, 2);
    *result = n == 1 ? right : binary(a, ops[i], value_of(a, name), right);
    assign(a, name, *result);
    return true;
  }
  return false;
}

static char *take_name(struct arith *a) {
  size_t n = name_length(a->p);
  char *name = arena_strndup(&sh.scratch, a->p, n);
  a->p += n;
  space(a);
  return name;
}

static intmax_t unary(struct arith *a) {
  intmax_t v;
  if (++a->depth > 300) return fail(a, "too much nesting");
  space(a);
  char c = *a->p;
  if ((c == '+' || c == '-') && a->p[1] == c) {
    const char *before = a->p;
    a->p += 2;
    space(a);
    if (name_length(a->p)) {
      char *name = take_name(a);
      v = value_of(a, name) + (c == '+' ? 1 : -1);
      assign(a, name, v);
      goto done;
    }
    a->p = before;
  }
  if (c && strchr("+-!~", c)) {
    a->p++;
    v = unary(a);
    v = c == '-' ? (intmax_t)(0 - (uintmax_t)v) : c == '!' ? !v : c == '~' ? ~v : v;
  } else if (c == '(') {
    a->p++;
    v = expression(a, 0);
    if (*a->p == ')') a->p++;
    else if (!a->failed) fail(a, "a missing )");
  } else if (isdigit((unsigned char)c)) {
    v = constant(a);
  } else if (name_length(a->p)) {
    char *name = take_name(a);
    if (!assignment(a, name, &v)) {
      v = value_of(a, name);
      if ((a->p[0] == '+' || a->p[0] == '-') && a->p[1] == a->p[0] && !isalnum((unsigned char)a->p[2]) &&
          a->p[2] != '(' && a->p[2] != '_') {
        assign(a, name, v + (a->p[0] == '+' ? 1 : -1));
        a->p += 2;
      }
    }
  } else {
    v = fail(a, c ? "something unexpected" : "a missing operand");
  }
done:
  a->depth--;
  space(a);
  return v;
}

static intmax_t expression(struct arith *a, int lowest) {
  intmax_t left = unary(a);
  while (!a->failed) {
    size_t i = 0;
    while (i < sizeof operators / sizeof *operators &&
           strncmp(a->p, operators[i].text, strlen(operators[i].text)))
      i++;
    if (i == sizeof operators / sizeof *operators) break;
    const char *op = operators[i].text;
    int precedence = operators[i].precedence;
    bool skip = a->skip;
    if (precedence < lowest) break;
    a->p += strlen(op);
    if (op[0] == '?') {
      a->skip = skip || !left;
      intmax_t yes = expression(a, 1);
      if (*a->p != ':') return a->failed ? 0 : fail(a, "a missing :");
      a->p++;
      a->skip = skip || left;
      intmax_t no = expression(a, 2);
      left = left ? yes : no;
    } else if (precedence == 3 || precedence == 4) {
      a->skip = skip || (precedence == 4 ? !left : left != 0);
      intmax_t right = expression(a, precedence + 1);
      left = precedence == 4 ? left && right : left || right;
    } else {
      left = binary(a, op, left, expression(a, precedence + 1));
    }
    a->skip = skip;
  }
  return left;
}

int arith_eval(const char *s, intmax_t *result) {
  struct arith a = {s, s, false, false, 0};
  space(&a);
  *result = 0;
  if (!*a.p) return 0;
  *result = expression(&a, 0);
  if (!a.failed && *a.p) fail(&a, "something unexpected");
  return a.failed ? -1 : 0;
}
