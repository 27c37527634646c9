/* See sed-script.h. The grammar is POSIX's with GNU's additions, and so are the complaints. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "sed-cursor.h"
#include "tool.h"

static struct output *outputs;
struct output sed_stdout = {.path = "stdout"};

/* The text of a, i and c: the rest of the line, or what follows a backslash and a newline; a backslash before a newline keeps
   it, and one before the first character says that white space counts. */
static void take_text(struct command *c) {
  sed_skip(" \t");
  if (sed_at_end()) sed_fail("expected \\ after `a', `c' or `i'", "");
  if (*sed_at == '\\' && *++sed_at == '\n') sed_at++;
  char *to = c->text = sed_need(malloc(strlen(sed_at) + 2));
  if (!*sed_at) return; /* a\ and nothing else */
  for (int first = 1, value, used; *sed_at && *sed_at != '\n'; sed_at++, first = 0) {
    if (*sed_at != '\\') {
      *to++ = *sed_at;
    } else if (sed_at[1] == '\n' && !sed_at[2]) {
      continue;
    } else if (!first && (used = sed_escaped(sed_at + 1, &value))) {
      *to++ = (char)value;
      sed_at += used;
    } else {
      ++sed_at;
      *to++ = *sed_at == 'n' && !first ? '\n' : *sed_at;
    }
  }
  *to++ = '\n';
  c->size = (size_t)(to - c->text);
}

/* A label ends at white space, a semicolon or, unless it is being defined, at a brace. */
static char *label(const char *end) {
  sed_skip(" \t");
  size_t size = strcspn(sed_at, end);
  char *result = sed_need(strndup(sed_at, size));
  sed_at += size;
  while (size > 0 && isspace((unsigned char)result[size - 1])) result[--size] = 0;
  return result;
}

/* The rest of the line. */
static char *path(void) {
  sed_skip(" \t");
  size_t size = strcspn(sed_at, "\n");
  if (size == 0) sed_fail("missing filename in r/R/w/W commands", "");
  sed_at += size;
  return sed_need(strndup(sed_at - size, size));
}

/* The file that R reads lines from. */
static struct output *source(void) {
  static struct output *sources;
  char *name = path();
  for (struct output *o = sources; o; o = o->next)
    if (strcmp(o->path, name) == 0) return o;
  struct output *o = sed_need(malloc(sizeof *o));
  *o = (struct output){name, fopen(name, "r"), sources, 0};
  return sources = o;
}

struct output *sed_output(void) {
  char *name = path();
  if (strcmp(name, "/dev/stdout") == 0) return &sed_stdout;
  for (struct output *o = outputs; o; o = o->next)
    if (strcmp(o->path, name) == 0) return o;
  struct output *o = sed_need(malloc(sizeof *o));
  *o = (struct output){name, 0, outputs, 0};
  o->file = strcmp(name, "/dev/stderr") == 0 ? stderr : fopen(name, "w");
  if (!o->file) exit(tool_complain("couldn't open file %s: %s", name, strerror(errno)) + 3);
  return outputs = o;
}

static void end_of_command(void) {
  sed_skip(" \t");
  if (*sed_at == ';' || *sed_at == '\n') sed_at++;
  else if (*sed_at && *sed_at != '}' && *sed_at != '#') sed_at++, sed_fail("extra characters after command", "");
}

static struct open_block {
  long command;
  const char *place;
} blocks[50];
static int depth;

static void command(struct script *to, struct command *c) {
  c->name = sed_at_end() ? 0 : *sed_at;
  if (!c->name) sed_fail("missing command", "");
  sed_at++;
  int two = c->to.kind != NO_ADDRESS;
  switch (c->name) {
    case '{':
      if (depth == (int)(sizeof blocks / sizeof *blocks)) sed_fail("too many `{'", "");
      blocks[depth++] = (struct open_block){to->count, sed_at};
      return;
    case '}':
      if (depth == 0) sed_fail("unexpected `}'", "");
      if (c->from.kind != NO_ADDRESS) sed_fail("} doesn't want any addresses", "");
      to->commands[blocks[--depth].command].target = to->count;
      break;
    case ':':
      if (c->from.kind != NO_ADDRESS) sed_fail(": doesn't want any addresses", "");
      c->text = label(";\n");
      if (!*c->text) sed_fail("\":\" lacks a label", "");
      break;
    case 'b':
    case 't':
    case 'T': c->text = label("; \t\n}"); break;
    case 'e':
      sed_skip(" \t");
      if (sed_at_end()) break;
      take_text(c);
      c->text[c->size - 1] = 0;
      break;
    case 'a':
    case 'i':
    case 'c': take_text(c); break;
    case 'r': c->text = path(); break;
    case 'R': c->output = source(); break;
    case 'W':
    case 'w': c->output = sed_output(); break;
    case 's': sed_substitute(c); break;
    case 'y': sed_translate(c); break;
    case 'q':
    case 'Q':
      if (two) sed_fail("command only uses one address", "");
      sed_skip(" \t");
      c->number = (int)sed_number();
      break;
    case 'l':
      sed_skip(" \t");
      c->number = isdigit((unsigned char)*sed_at) ? (int)sed_number() : -1;
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
      sed_fail("unknown command: `%s'", name);
    }
  }
  end_of_command();
}

void sed_parse(struct script *to, int is_extended) {
  sed_rewind();
  sed_extended = is_extended;
  to->no_print = strncmp(sed_at, "#n", 2) == 0;
  for (;;) {
    sed_skip(" \t\n;");
    if (!*sed_at) break;
    to->commands = sed_need(realloc(to->commands, (size_t)(to->count + 1) * sizeof *to->commands));
    struct command *c = memset(&to->commands[to->count], 0, sizeof *c);
    sed_addresses(c);
    if (*sed_at == '#') {
      if (c->from.kind != NO_ADDRESS) sed_at++, sed_fail("comments don't accept any addresses", "");
      sed_at += strcspn(sed_at, "\n");
      continue;
    }
    command(to, c);
    to->count++;
  }
  if (depth > 0) sed_fail_at(blocks[depth - 1].place, 1, "unmatched `{'", "");
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
