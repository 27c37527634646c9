/* See sed-script.h. The grammar is POSIX's with GNU's additions, and so are the complaints. */
#include "sed-script.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "pattern.h"
#include "tool.h"

static const char *start, *at;
static int extended;
static struct output *outputs;

static _Noreturn void fail(const char *format, const char *what) {
  char text[200];
  snprintf(text, sizeof text, format, what);
  tool_complain("-e expression #1, char %ld: %s", (long)(at - start), text);
  exit(1);
}

static void *need(void *block) {
  if (!block) exit(tool_failed("malloc"));
  return block;
}

static void skip(const char *what) { at += strspn(at, what); }

static unsigned long number(void) {
  char *end;
  unsigned long value = strtoul(at, &end, 10);
  at = end;
  return value;
}

/* Up to the delimiter, which is passed; null when it does not come. \n becomes a newline and \DELIMITER the delimiter. In a
   regular expression a delimiter inside [ ] does not count. */
static char *delimited(char delimiter, int is_regex) {
  char *text = need(malloc(strlen(at) + 1)), *to = text;
  int set = 0; /* inside [ ] */
  for (; *at && (*at != delimiter || set); at++) {
    if (*at == '\n' && is_regex) break;
    if (set) {
      if (*at == ']' && at > start + 1) set = 0;
    } else if (*at == '[' && is_regex) {
      set = 1;
      *to++ = *at;
      if (at[1] == '^') *to++ = *++at;
      if (at[1] == ']') *to++ = *++at;
      continue;
    } else if (*at == '\\' && at[1]) {
      at++;
      if (*at == 'n' && is_regex) *to++ = '\n';
      else if (*at == 't' && is_regex) *to++ = '\t';
      else if (*at == delimiter) *to++ = delimiter;
      else *to++ = '\\', *to++ = *at;
      continue;
    }
    if (set && *at == '\\' && (at[1] == 'n' || at[1] == 't' || at[1] == ']')) {
      at++;
      *to++ = *at == 'n' ? '\n' : *at == 't' ? '\t' : '\\';
      if (*at == ']') at--; /* a backslash before ] is just one of the set */
      continue;
    }
    if (set && at[0] == '[' && at[1] && strchr(":.=", at[1])) {
      const char close[] = {at[1], ']', 0}, *end = strstr(at + 2, close);
      if (end) {
        while (at < end + 1) *to++ = *at++;
      }
    }
    *to++ = *at;
  }
  *to = 0;
  if (*at != delimiter) {
    free(text);
    return 0;
  }
  at++;
  return text;
}

static regex_t *compile(const char *text, int flags) {
  if (!*text) return 0;
  regex_t *regex = need(malloc(sizeof *regex));
  char message[80];
  int error = regcomp(regex, text, flags | (extended ? REG_EXTENDED : 0));
  if (!error) return regex;
  regerror(error, regex, message, sizeof message);
  fail("%s", message);
}

static struct address address(void) {
  struct address a = {.kind = NO_ADDRESS};
  if (isdigit((unsigned char)*at)) {
    a.kind = AT_LINE;
    a.line = number();
    if (*at == '~') {
      at++;
      a.step = number();
      if (a.step > 0) a.kind = AT_STEP;
    } else if (a.line == 0) {
      a.kind = AT_ZERO;
    }
  } else if (*at == '$') {
    at++;
    a.kind = AT_LAST;
  } else if (*at == '/' || *at == '\\') {
    if (*at == '\\') at++;
    char delimiter = *at++, *text = delimiter ? delimited(delimiter, 1) : 0;
    int flags = 0;
    if (!text) fail("unterminated address regex", "");
    for (; *at == 'I' || *at == 'M'; at++) flags |= *at == 'I' ? REG_ICASE : REG_NEWLINE;
    a.kind = AT_MATCH;
    a.regex = compile(text, flags);
    free(text);
  }
  return a;
}

static void addresses(struct command *c) {
  c->from = address();
  skip(" \t");
  if (*at == ',' && c->from.kind != NO_ADDRESS) {
    at++;
    skip(" \t");
    if (*at == '+' || *at == '~') {
      c->to.kind = *at++ == '+' ? AFTER_LINES : TO_MULTIPLE;
      c->to.line = number();
    } else {
      c->to = address();
      if (c->to.kind == NO_ADDRESS) at++, fail("unexpected `,'", "");
    }
    skip(" \t");
  }
  if (c->from.kind == AT_ZERO && c->to.kind != AT_MATCH) at += *at != 0, fail("invalid usage of line address 0", "");
  for (; *at == '!'; skip("! \t")) c->inverted = 1;
}

/* The text of a, i and c: the rest of the line, or what follows a backslash and a newline; a backslash before a newline keeps it. */
static void take_text(struct command *c) {
  skip(" \t");
  if (*at == '\\') {
    at++;
    skip(" \t");
    if (*at == '\n') at++;
  }
  if (!*at) fail("expected \\ after `a', `c' or `i'", "");
  char *to = c->text = need(malloc(strlen(at) + 2));
  for (; *at && *at != '\n'; at++) {
    if (*at == '\\' && at[1]) at++;
    *to++ = *at;
  }
  *to++ = '\n';
  c->size = (size_t)(to - c->text);
}

/* A path or a label: the rest of the line; a label ends at a semicolon too. */
static char *word(const char *end) {
  skip(" \t");
  size_t size = strcspn(at, end);
  char *text = need(strndup(at, size));
  at += size;
  while (size > 0 && end[0] == ';' && isspace((unsigned char)text[size - 1])) text[--size] = 0;
  return text;
}

static struct output *output(void) {
  char *path = word("\n");
  if (!*path) fail("missing filename in r/R/w/W commands", "");
  for (struct output *o = outputs; o; o = o->next)
    if (strcmp(o->path, path) == 0) return o;
  struct output *o = need(malloc(sizeof *o));
  *o = (struct output){path, 0, outputs};
  if (strcmp(path, "/dev/stdout") == 0) o->file = stdout;
  else if (strcmp(path, "/dev/stderr") == 0) o->file = stderr;
  else o->file = fopen(path, "w");
  if (!o->file) exit(tool_complain("couldn't open file %s", path) + 3);
  return outputs = o;
}

/* ---- s and y ---- */

static char *add_piece(struct command *c, char *text, size_t size, int group, char change) {
  c->pieces = need(realloc(c->pieces, (size_t)(c->piece_count + 1) * sizeof *c->pieces));
  c->pieces[c->piece_count++] = (struct piece){text, size, group, change};
  return text + size;
}

static void replacement(struct command *c, char *text) {
  char *from = text, *to = text, change = 0; /* the text is made shorter in place */
  for (char *s = text; *s; s++) {
    int group = -1;
    if (*s == '&') {
      group = 0;
    } else if (*s == '\\' && s[1]) {
      s++;
      if (isdigit((unsigned char)*s)) {
        group = *s - '0';
      } else if (strchr("ULulE", *s)) {
        from = to = add_piece(c, from, (size_t)(to - from), -1, change);
        change = *s;
        continue;
      } else {
        *to++ = *s == 'n' ? '\n' : *s == 't' ? '\t' : *s == 'r' ? '\r' : *s;
        continue;
      }
    } else {
      *to++ = *s;
      continue;
    }
    if (c->regex && (size_t)group > c->regex->re_nsub) {
      char which[24];
      snprintf(which, sizeof which, "%d", group);
      fail("invalid reference \\%s on `s' command's RHS", which);
    }
    add_piece(c, from, (size_t)(to - from), group, change);
    change = 0;
    from = to = s + 1;
  }
  add_piece(c, from, (size_t)(to - from), -1, change);
}

static void substitute(struct command *c) {
  char delimiter = *at++, *pattern, *with;
  if (!delimiter || delimiter == '\n' || delimiter == '\\') at--, fail("unterminated `s' command", "");
  pattern = delimited(delimiter, 1);
  if (!pattern) fail("unterminated `s' command", "");
  with = delimited(delimiter, 0);
  if (!with) fail("unterminated `s' command", "");
  int flags = 0;
  for (;; at++) {
    if (*at == 'g') c->global = 1;
    else if (*at == 'p') c->print = 1;
    else if (*at == 'i' || *at == 'I') flags |= REG_ICASE;
    else if (*at == 'm' || *at == 'M') flags |= REG_NEWLINE;
    else if (isdigit((unsigned char)*at)) {
      c->which = number();
      at--;
      if (c->which == 0) at++, fail("number option to `s' command may not be zero", "");
    } else break;
  }
  if (*at == 'w') {
    at++;
    c->output = output();
  } else if (*at && !strchr(" \t\n;}#", *at)) {
    at++;
    fail("unknown option to `s'", "");
  }
  c->regex = compile(pattern, flags);
  replacement(c, with);
  free(pattern);
}

static int mapped(char **s) {
  if (**s == '\\' && (*s)[1]) {
    char c = *++*s;
    ++*s;
    return c == 'n' ? '\n' : c == 't' ? '\t' : (unsigned char)c;
  }
  return (unsigned char)*(*s)++;
}

static void translate(struct command *c) {
  char delimiter = *at++, *from = delimiter ? delimited(delimiter, 0) : 0, *to = from ? delimited(delimiter, 0) : 0;
  if (!to) fail("unterminated `y' command", "");
  c->map = need(malloc(256));
  for (int i = 0; i < 256; i++) c->map[i] = (unsigned char)i;
  while (*from && *to) {
    int one = mapped(&from);
    c->map[one] = (unsigned char)mapped(&to);
  }
  if (*from || *to) fail("strings for `y' command are different lengths", "");
}

/* ---- the whole ---- */

static void end_of_command(void) {
  skip(" \t");
  if (*at == ';' || *at == '\n') at++;
  else if (*at && *at != '}' && *at != '#') at++, fail("extra characters after command", "");
}

static void command(struct script *to, struct command *c, long *open, int *depth) {
  c->name = *at;
  if (!*at) fail("missing command", "");
  at++;
  switch (c->name) {
    case '{':
      if (*depth == 50) fail("unmatched `{'", "");
      open[(*depth)++] = to->count;
      return;
    case '}':
      if (c->from.kind != NO_ADDRESS) fail("} doesn't want any addresses", "");
      if (*depth == 0) fail("unexpected `}'", "");
      to->commands[open[--*depth]].target = to->count;
      break;
    case ':':
      if (c->from.kind != NO_ADDRESS) fail(": doesn't want any addresses", "");
      c->text = word("; \t\n");
      if (!*c->text) fail("\":\" lacks a label", "");
      break;
    case 'b':
    case 't':
    case 'T': c->text = word(";\n}"); break;
    case 'a':
    case 'i':
    case 'c': take_text(c); break;
    case 'r':
      c->text = word("\n");
      if (!*c->text) fail("missing filename in r/R/w/W commands", "");
      break;
    case 'w': c->output = output(); break;
    case 's': substitute(c); break;
    case 'y': translate(c); break;
    case 'q':
    case 'Q':
      skip(" \t");
      c->status = (int)number();
      break;
    case '=':
    case 'd':
    case 'D':
    case 'F':
    case 'g':
    case 'G':
    case 'h':
    case 'H':
    case 'l':
    case 'n':
    case 'N':
    case 'p':
    case 'P':
    case 'x':
    case 'z': break;
    default: {
      const char name[] = {c->name, 0};
      fail("unknown command: `%s'", name);
    }
  }
  end_of_command();
}

void sed_parse(struct script *to, const char *text, int is_extended) {
  long open[50];
  int depth = 0;
  start = at = text;
  extended = is_extended;
  if (strncmp(text, "#n\n", 3) == 0 || strcmp(text, "#n") == 0) to->no_print = 1;
  for (;;) {
    skip(" \t\n;");
    if (*at == '#') {
      at += strcspn(at, "\n");
      continue;
    }
    if (!*at) break;
    to->commands = need(realloc(to->commands, (size_t)(to->count + 1) * sizeof *to->commands));
    struct command *c = memset(&to->commands[to->count], 0, sizeof *c);
    addresses(c);
    command(to, c, open, &depth);
    to->count++;
  }
  if (depth > 0) {
    at = start;
    fail("unmatched `{'", "");
  }
  for (long i = 0; i < to->count; i++) {
    struct command *c = &to->commands[i];
    if (c->name != 'b' && c->name != 't' && c->name != 'T') continue;
    c->target = *c->text ? -1 : to->count;
    for (long j = 0; j < to->count && c->target < 0; j++)
      if (to->commands[j].name == ':' && strcmp(to->commands[j].text, c->text) == 0) c->target = j;
    if (c->target >= 0) continue;
    tool_complain("can't find label for jump to `%s'", c->text);
    exit(4);
  }
}
