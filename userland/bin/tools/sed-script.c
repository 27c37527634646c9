/* See sed-script.h. The grammar is POSIX's with GNU's additions, and so are the complaints. */
#include "sed-script.h"
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "pattern.h"
#include "space.h"
#include "tool.h"

static const char *at;
static int extended;
static struct output *outputs;
struct output sed_stdout = {.path = "stdout"};

/* The scripts of -e and -f, one behind the other, each with a newline at its end. */
static struct space text;
static struct part {
  const char *file; /* null for -e */
  int number;       /* of the -e */
  size_t start;
} *parts;
static size_t part_count;

static void *need(void *block) {
  if (!block) exit(tool_failed("malloc"));
  return block;
}

void sed_add(const char *script, size_t size, const char *file) {
  static int expressions;
  parts = need(realloc(parts, (part_count + 1) * sizeof *parts));
  parts[part_count++] = (struct part){file, file ? 0 : ++expressions, text.size};
  space_append(&text, script, size);
  space_append(&text, "\n", 1);
}

/* Whether the newline at `at` only ends a part, as the end of the script would. */
static int at_end(void) {
  size_t here = (size_t)(at - text.text) + 1;
  if (!*at) return 1;
  if (*at != '\n') return 0;
  for (size_t i = 1; i < part_count; i++)
    if (parts[i].start == here) return 1;
  return here + 1 == text.size; /* there is a NUL behind it */
}

/* Complains about what is before `place`; `none`: about the part, at no character of it. */
static _Noreturn void fail_at(const char *place, int none, const char *format, const char *what) {
  char message[200];
  size_t here = (size_t)(place - text.text), i = part_count - 1;
  while (i > 0 && parts[i].start >= here + (size_t)none) i--;
  snprintf(message, sizeof message, format, what);
  if (parts[i].file) {
    int line = 1;
    for (const char *c = text.text + parts[i].start; c < place; c++) line += *c == '\n' && c + 1 < place;
    tool_complain("file %s line %d: %s", parts[i].file, line, message);
  } else {
    tool_complain("-e expression #%d, char %ld: %s", parts[i].number, none ? 0 : (long)(here - parts[i].start), message);
  }
  exit(1);
}

static _Noreturn void fail(const char *format, const char *what) { fail_at(at, 0, format, what); }

static void skip(const char *what) { at += strspn(at, what); }

static unsigned long number(void) {
  char *end = (char *)at;
  unsigned long value = isdigit((unsigned char)*at) ? strtoul(at, &end, 10) : 0;
  at = end;
  return value;
}

/* Up to the delimiter, which is passed; null when it does not come. \DELIMITER becomes the delimiter. In a regular expression
   \n is a newline, and a delimiter inside [ ] does not count. */
static char *delimited(char delimiter, int is_regex) {
  char *result = need(malloc(strlen(at) + 1)), *to = result;
  int set = 0; /* inside [ ] */
  for (; *at && *at != '\n' && (*at != delimiter || set); at++) {
    if (set) {
      if (*at == ']') set = 0;
    } else if (*at == '[' && is_regex) {
      set = 1;
      *to++ = *at;
      if (at[1] == '^') *to++ = *++at;
      if (at[1] == ']') *to++ = *++at;
      continue;
    } else if (*at == '\\' && at[1] && !(at++, at_end())) {
      if (*at == 'n' && is_regex && delimiter != 'n') *to++ = '\n';
      else if (*at == delimiter && (is_regex || delimiter != '&')) *to++ = delimiter;
      else if (*at == '\n' && is_regex) *to++ = '\n';
      else *to++ = '\\', *to++ = *at;
      continue;
    }
    if (set && *at == '\\' && at[1] == 'n') {
      *to++ = '\n';
      at++;
      continue;
    }
    if (set && at[0] == '[' && at[1] && strchr(":.=", at[1])) {
      const char close[] = {at[1], ']', 0}, *end = strstr(at + 2, close), *newline = strchr(at, '\n');
      if (end && end < newline) {
        while (at < end + 1) *to++ = *at++;
      }
    }
    *to++ = *at;
  }
  *to = 0;
  if (*at != delimiter || (delimiter == '\n' && at_end())) {
    free(result);
    return 0;
  }
  at++;
  return result;
}

/* The character that the escape after a backslash at `from` stands for, and how many characters it has, 0 for none:
   \a \f \t \v \r, \cX, \d065, \o101, \x41. */
static int escaped(const char *from, int *c) {
  static const char letters[] = "aftvr", meanings[] = "\a\f\t\v\r", digits[] = "0123456789abcdef";
  const char *known = *from ? strchr(letters, *from) : 0;
  if (known) {
    *c = meanings[known - letters];
    return 1;
  }
  if (*from == 'c' && from[1]) {
    *c = toupper((unsigned char)from[1]) ^ 0x40;
    return 2 + (from[1] == '\\' && from[2] == '\\');
  }
  int base = *from == 'd' ? 10 : *from == 'o' ? 8 : *from == 'x' ? 16 : 0, most = base == 16 ? 2 : 3, used = 0;
  for (*c = 0; used < most && from[1 + used]; used++) {
    const char *digit = strchr(digits, tolower((unsigned char)from[1 + used]));
    if (!digit || digit - digits >= base) break;
    *c = *c * base + (int)(digit - digits);
  }
  *c &= 255;
  return base && used ? used + 1 : 0;
}

/* The regular expression with its escapes replaced, in a block of its own. A NUL cannot stand in it: it is what is no other. */
static char *unescape_regex(const char *from) {
  static const char nul[] = "[^\001-\377]";
  char *result = need(malloc(strlen(from) * 3 + 1)), *to = result;
  for (int c, used; *from; from++) {
    if (*from != '\\' || !from[1]) {
      *to++ = *from;
    } else if ((used = escaped(from + 1, &c))) {
      if (c) *to++ = (char)c;
      else to = stpcpy(to, nul);
      from += used;
    } else {
      *to++ = *from++;
      *to++ = *from;
    }
  }
  *to = 0;
  return result;
}

static regex_t *compile(const char *pattern, int flags) {
  if (!*pattern) {
    if (flags) fail("no previous regular expression", "");
    return 0;
  }
  regex_t *regex = need(malloc(sizeof *regex));
  char message[80], *plain = unescape_regex(pattern);
  int error = regcomp(regex, plain, flags | (extended ? REG_EXTENDED : 0));
  if (error) {
    pattern_error(error, plain, message);
    fail("%s", message);
  }
  free(plain);
  return regex;
}

static struct address address(void) {
  struct address a = {.kind = NO_ADDRESS};
  if (isdigit((unsigned char)*at)) {
    a.kind = AT_LINE;
    a.line = number();
    skip(" \t");
    if (*at == '~') {
      at++;
      skip(" \t");
      a.step = number();
      if (a.step > 0) a.kind = AT_STEP;
    }
    if (a.kind == AT_LINE && a.line == 0) a.kind = AT_ZERO;
  } else if (*at == '+' || *at == '~') {
    a.kind = *at++ == '+' ? AFTER_LINES : TO_MULTIPLE;
    skip(" \t");
    a.line = number();
  } else if (*at == '$') {
    at++;
    a.kind = AT_LAST;
  } else if (*at == '/' || *at == '\\') {
    if (*at == '\\') at++;
    char delimiter = *at && !at_end() ? *at++ : 0, *pattern = delimiter ? delimited(delimiter, 1) : 0;
    int flags = 0;
    if (!pattern) fail("unterminated address regex", "");
    for (skip(" \t"); *at == 'I' || *at == 'M'; at++, skip(" \t")) flags |= *at == 'I' ? REG_ICASE : REG_NEWLINE;
    a.kind = AT_MATCH;
    a.regex = compile(pattern, flags);
    free(pattern);
  }
  return a;
}

static void addresses(struct command *c) {
  c->from = address();
  if (c->from.kind == AFTER_LINES || c->from.kind == TO_MULTIPLE) fail("invalid usage of +N or ~N as first address", "");
  skip(" \t");
  if (*at == ',' && c->from.kind != NO_ADDRESS) {
    at++;
    skip(" \t");
    c->to = address();
    if (c->to.kind == NO_ADDRESS) at += !at_end(), fail("unexpected `,'", "");
    if (c->to.kind == AT_ZERO) c->to.kind = AT_LINE;
    skip(" \t");
  }
  if (c->from.kind == AT_ZERO && c->to.kind != AT_MATCH && (c->to.kind != NO_ADDRESS || *at != 'r')) {
    at += !at_end();
    fail("invalid usage of line address 0", "");
  }
  if (*at != '!') return;
  at++;
  c->inverted = 1;
  skip(" \t");
  if (*at == '!') at++, fail("multiple `!'s", "");
}

/* The text of a, i and c: the rest of the line, or what follows a backslash and a newline; a backslash before a newline keeps
   it, and one before the first character says that white space counts. */
static void take_text(struct command *c) {
  skip(" \t");
  if (at_end()) fail("expected \\ after `a', `c' or `i'", "");
  if (*at == '\\' && *++at == '\n') at++;
  char *to = c->text = need(malloc(strlen(at) + 2));
  if (!*at) return; /* a\ and nothing else */
  for (int first = 1, value, used; *at && *at != '\n'; at++, first = 0) {
    if (*at != '\\') {
      *to++ = *at;
    } else if (at[1] == '\n' && !at[2]) {
      continue;
    } else if (!first && (used = escaped(at + 1, &value))) {
      *to++ = (char)value;
      at += used;
    } else {
      ++at;
      *to++ = *at == 'n' && !first ? '\n' : *at;
    }
  }
  *to++ = '\n';
  c->size = (size_t)(to - c->text);
}

/* A label ends at white space, a semicolon or, unless it is being defined, at a brace. */
static char *label(const char *end) {
  skip(" \t");
  size_t size = strcspn(at, end);
  char *result = need(strndup(at, size));
  at += size;
  while (size > 0 && isspace((unsigned char)result[size - 1])) result[--size] = 0;
  return result;
}

/* The rest of the line. */
static char *path(void) {
  skip(" \t");
  size_t size = strcspn(at, "\n");
  if (size == 0) fail("missing filename in r/R/w/W commands", "");
  at += size;
  return need(strndup(at - size, size));
}

/* The file that R reads lines from. */
static struct output *source(void) {
  static struct output *sources;
  char *name = path();
  for (struct output *o = sources; o; o = o->next)
    if (strcmp(o->path, name) == 0) return o;
  struct output *o = need(malloc(sizeof *o));
  *o = (struct output){name, fopen(name, "r"), sources, 0};
  return sources = o;
}

static struct output *output(void) {
  char *name = path();
  if (strcmp(name, "/dev/stdout") == 0) return &sed_stdout;
  for (struct output *o = outputs; o; o = o->next)
    if (strcmp(o->path, name) == 0) return o;
  struct output *o = need(malloc(sizeof *o));
  *o = (struct output){name, 0, outputs, 0};
  o->file = strcmp(name, "/dev/stderr") == 0 ? stderr : fopen(name, "w");
  if (!o->file) exit(tool_complain("couldn't open file %s: %s", name, strerror(errno)) + 3);
  return outputs = o;
}

/* ---- s and y ---- */

static char *add_piece(struct command *c, char *text, size_t size, int group, char change) {
  c->pieces = need(realloc(c->pieces, (size_t)(c->piece_count + 1) * sizeof *c->pieces));
  c->pieces[c->piece_count++] = (struct piece){text, size, group, change};
  return text + size;
}

static void replacement(struct command *c, char *with) {
  char *from = with, *to = with, change = 0; /* the text is made shorter in place */
  for (char *s = with; *s; s++) {
    int group = -1, value, used;
    if (*s == '&') {
      group = 0;
    } else if (*s == '\\' && s[1]) {
      s++;
      if (isdigit((unsigned char)*s)) {
        group = *s - '0';
      } else if (strchr("ULulE", *s)) {
        add_piece(c, from, (size_t)(to - from), -1, change);
        from = to = s + 1;
        change = *s;
        continue;
      } else if ((used = escaped(s, &value))) {
        *to++ = (char)value;
        s += used - 1;
        continue;
      } else {
        *to++ = *s == 'n' ? '\n' : *s;
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
    if (group > c->groups) c->groups = group;
    add_piece(c, from, (size_t)(to - from), group, change);
    change = 0;
    from = to = s + 1;
  }
  add_piece(c, from, (size_t)(to - from), -1, change);
}

static void substitute(struct command *c) {
  char delimiter = *at && !at_end() ? *at++ : 0, *pattern = 0, *with = 0;
  if (delimiter && delimiter != '\n' && delimiter != '\\') pattern = delimited(delimiter, 1);
  if (pattern) with = delimited(delimiter, 0);
  if (!with) fail("unterminated `s' command", "");
  int flags = 0;
  for (;; at++) {
    if (isdigit((unsigned char)*at)) {
      if (c->which) at++, fail("multiple number options to `s' command", "");
      c->which = number();
      if (c->which == 0) fail("number option to `s' command may not be zero", "");
      at--;
    } else if (*at == 'g' || *at == 'p') {
      int *flag = *at == 'g' ? &c->global : &c->print;
      if (*flag) at++, fail(*flag == 1 && flag == &c->global ? "multiple `g' options to `s' command" : "multiple `p' options to `s' command", "");
      *flag = 1;
    } else if (*at == 'i' || *at == 'I') flags |= REG_ICASE;
    else if (*at == 'm' || *at == 'M') flags |= REG_NEWLINE;
    else if (*at == 'e') c->runs = 1;
    else if (*at != ' ') break;
  }
  if (*at == 'w') {
    at++;
    c->output = output();
  } else if (!strchr("\n;}#", *at)) {
    at++;
    fail("unknown option to `s'", "");
  }
  c->regex = compile(pattern, flags);
  replacement(c, with);
  free(pattern);
}

static int mapped(char **s) {
  int value, used;
  if (**s != '\\' || !(*s)[1]) return (unsigned char)*(*s)++;
  char c = *++*s;
  if ((used = escaped(*s, &value))) {
    *s += used;
    return value & 255;
  }
  ++*s;
  if (c != 'n' && c != '\\') { /* the backslash is one of them */
    --*s;
    return '\\';
  }
  return c == 'n' ? '\n' : c;
}

static void translate(struct command *c) {
  char delimiter = *at && !at_end() ? *at++ : 0, *from = delimiter ? delimited(delimiter, 0) : 0, *to = from ? delimited(delimiter, 0) : 0;
  if (!to) fail("unterminated `y' command", "");
  c->map = need(malloc(256));
  for (int i = 0; i < 256; i++) c->map[i] = (unsigned char)i;
  unsigned char *known = need(calloc(256, 1));
  while (*from && *to) {
    int one = mapped(&from), other = mapped(&to);
    if (!known[one]) c->map[one] = (unsigned char)other;
    known[one] = 1;
  }
  free(known);
  if (*from || *to) fail("strings for `y' command are different lengths", "");
}

/* ---- the whole ---- */

static void end_of_command(void) {
  skip(" \t");
  if (*at == ';' || *at == '\n') at++;
  else if (*at && *at != '}' && *at != '#') at++, fail("extra characters after command", "");
}

static struct open_block {
  long command;
  const char *place;
} blocks[50];
static int depth;

static void command(struct script *to, struct command *c) {
  c->name = at_end() ? 0 : *at;
  if (!c->name) fail("missing command", "");
  at++;
  int two = c->to.kind != NO_ADDRESS;
  switch (c->name) {
    case '{':
      if (depth == (int)(sizeof blocks / sizeof *blocks)) fail("too many `{'", "");
      blocks[depth++] = (struct open_block){to->count, at};
      return;
    case '}':
      if (depth == 0) fail("unexpected `}'", "");
      if (c->from.kind != NO_ADDRESS) fail("} doesn't want any addresses", "");
      to->commands[blocks[--depth].command].target = to->count;
      break;
    case ':':
      if (c->from.kind != NO_ADDRESS) fail(": doesn't want any addresses", "");
      c->text = label(";\n");
      if (!*c->text) fail("\":\" lacks a label", "");
      break;
    case 'b':
    case 't':
    case 'T': c->text = label("; \t\n}"); break;
    case 'e':
      skip(" \t");
      if (at_end()) break;
      take_text(c);
      c->text[c->size - 1] = 0;
      break;
    case 'a':
    case 'i':
    case 'c': take_text(c); break;
    case 'r': c->text = path(); break;
    case 'R': c->output = source(); break;
    case 'W':
    case 'w': c->output = output(); break;
    case 's': substitute(c); break;
    case 'y': translate(c); break;
    case 'q':
    case 'Q':
      if (two) fail("command only uses one address", "");
      skip(" \t");
      c->number = (int)number();
      break;
    case 'l':
      skip(" \t");
      c->number = isdigit((unsigned char)*at) ? (int)number() : -1;
      break;
    case 'v': label("; \t\n}"); break;
    case '=':
    case 'd':
    case 'D':
    case 'F':
    case 'g':
    case 'G':
    case 'h':
    case 'H':
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

void sed_parse(struct script *to, int is_extended) {
  space_append(&text, "", 1);
  at = text.text;
  extended = is_extended;
  to->no_print = strncmp(at, "#n", 2) == 0;
  for (;;) {
    skip(" \t\n;");
    if (!*at) break;
    to->commands = need(realloc(to->commands, (size_t)(to->count + 1) * sizeof *to->commands));
    struct command *c = memset(&to->commands[to->count], 0, sizeof *c);
    addresses(c);
    if (*at == '#') {
      if (c->from.kind != NO_ADDRESS) at++, fail("comments don't accept any addresses", "");
      at += strcspn(at, "\n");
      continue;
    }
    command(to, c);
    to->count++;
  }
  if (depth > 0) fail_at(blocks[depth - 1].place, 1, "unmatched `{'", "");
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
