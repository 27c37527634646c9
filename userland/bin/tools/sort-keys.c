/* See sort-keys.h. */
#include "sort-keys.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "tool.h"

struct sort_options sort_options = {.separator = -1};

struct key {
  struct rules rules;
  unsigned long field, character, end_field, end_character; /* from 1; end_field 0: to the line's end */
  int end_blanks;
};

static struct key *keys;
static int key_count;

/* Where field `n` (from 1) begins. Without -t the blanks before it are a part of it. */
static size_t field_start(const char *s, size_t size, unsigned long n) {
  int separator = sort_options.separator;
  size_t at = 0;
  for (; n > 1 && at < size; n--) {
    if (separator < 0) at = sort_skip_blanks(s, at, size);
    while (at < size && (separator < 0 ? !isblank((unsigned char)s[at]) : (unsigned char)s[at] != separator)) at++;
    if (separator >= 0 && at < size) at++;
    else if (separator >= 0) return size;
  }
  return at;
}

static size_t field_end(const char *s, size_t size, unsigned long n) {
  int separator = sort_options.separator;
  size_t at = field_start(s, size, n);
  if (separator < 0) at = sort_skip_blanks(s, at, size);
  while (at < size && (separator < 0 ? !isblank((unsigned char)s[at]) : (unsigned char)s[at] != separator)) at++;
  return at;
}

static const char *part(const struct key *k, const struct line *line, size_t *length) {
  const char *s = line->text;
  size_t size = line->size, from = field_start(s, size, k->field), to = size;
  if (k->rules.blanks) from = sort_skip_blanks(s, from, size);
  from += k->character - 1;
  if (k->end_field && k->end_character == 0) to = field_end(s, size, k->end_field);
  else if (k->end_field) {
    to = field_start(s, size, k->end_field);
    if (k->end_blanks) to = sort_skip_blanks(s, to, size);
    to += k->end_character;
  }
  if (to > size) to = size;
  if (from > to) from = to;
  *length = to - from;
  return s + from;
}

int sort_order(const struct line *left, const struct line *right) {
  for (int i = 0; i < key_count; i++) {
    size_t n, m;
    const char *a = part(&keys[i], left, &n), *b = part(&keys[i], right, &m);
    int result = sort_by_rules(&keys[i].rules, a, n, b, m);
    if (result) return result;
  }
  if (key_count > 0) return 0;
  const struct rules *r = &sort_options.rules;
  size_t n = left->size, m = right->size;
  size_t i = r->blanks ? sort_skip_blanks(left->text, 0, n) : 0, j = r->blanks ? sort_skip_blanks(right->text, 0, m) : 0;
  return sort_by_rules(r, left->text + i, n - i, right->text + j, m - j);
}

int sort_compare(const void *left, const void *right) {
  const struct line *l = left, *r = right;
  int result = sort_order(l, r);
  if (result || sort_options.unique || sort_options.stable) return result;
  result = memcmp(l->text, r->text, l->size < r->size ? l->size : r->size); /* the last resort, as POSIX asks */
  if (!result) result = (l->size > r->size) - (l->size < r->size);
  return sort_options.rules.reverse ? -result : result;
}

static _Noreturn void bad_key(const char *problem, const char *what, const char *text) {
  tool_complain("%s: invalid %s '%s'", problem, what, text);
  exit(2);
}

/* A count of a key; more than fits is as much as there can be. */
static unsigned long key_number(const char *from, char **end, const char *where) {
  if (!isdigit((unsigned char)*from)) bad_key(where, "count at start of", from);
  return strtoul(from, end, 10);
}

void sort_add_key(const char *text) {
  struct key k = {.character = 1};
  char *at;
  keys = realloc(keys, (size_t)(key_count + 1) * sizeof *keys);
  if (!keys) exit(tool_failed("memory exhausted") + 1);
  k.field = key_number(text, &at, "invalid number at field start");
  if (k.field == 0) bad_key("field number is zero", "field specification", text);
  if (*at == '.') k.character = key_number(at + 1, &at, "invalid number after '.'");
  if (k.character == 0) bad_key("character offset is zero", "field specification", text);
  while (sort_set_rule(&k.rules, *at)) at++;
  if (*at == ',') {
    k.end_field = key_number(at + 1, &at, "invalid number after ','");
    if (k.end_field == 0) bad_key("field number is zero", "field specification", text);
    if (*at == '.') k.end_character = key_number(at + 1, &at, "invalid number after '.'");
    for (; *at; at++) {
      if (*at == 'b') k.end_blanks = 1;
      else if (!sort_set_rule(&k.rules, *at)) break;
    }
  }
  if (*at) bad_key("stray character in field spec", "field specification", text);
  keys[key_count++] = k;
}

void sort_end_keys(void) {
  for (int i = 0; i < key_count; i++) { /* a key without options has the options without -k */
    const struct rules *r = &keys[i].rules;
    if (r->kind || r->fold || r->dictionary || r->printable || r->reverse || r->blanks || keys[i].end_blanks) continue;
    keys[i].rules = sort_options.rules;
    keys[i].end_blanks = sort_options.rules.blanks;
  }
  for (int i = 0; i < key_count; i++) sort_check_rules(&keys[i].rules);
  sort_check_rules(&sort_options.rules);
}
