/* See sed-cursor.h. */
#include "sed-cursor.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "space.h"
#include "tool.h"

const char *sed_at;

/* The scripts of -e and -f, one behind the other, each with a newline at its end. */
static struct space text;
static struct part {
  const char *file; /* null for -e */
  int number;       /* of the -e */
  size_t start;
} *parts;
static size_t part_count;

void *sed_need(void *block) {
  if (!block) exit(tool_failed("malloc"));
  return block;
}

void sed_add(const char *script, size_t size, const char *file) {
  static int expressions;
  parts = sed_need(realloc(parts, (part_count + 1) * sizeof *parts));
  parts[part_count++] = (struct part){file, file ? 0 : ++expressions, text.size};
  space_append(&text, script, size);
  space_append(&text, "\n", 1);
}

void sed_rewind(void) {
  space_append(&text, "", 1);
  sed_at = text.text;
}

int sed_at_end(void) {
  size_t here = (size_t)(sed_at - text.text) + 1;
  if (!*sed_at) return 1;
  if (*sed_at != '\n') return 0;
  for (size_t i = 1; i < part_count; i++)
    if (parts[i].start == here) return 1;
  return here + 1 == text.size; /* there is a NUL behind it */
}

_Noreturn void sed_fail_at(const char *place, int none, const char *format, const char *what) {
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

_Noreturn void sed_fail(const char *format, const char *what) { sed_fail_at(sed_at, 0, format, what); }

void sed_skip(const char *what) { sed_at += strspn(sed_at, what); }

unsigned long sed_number(void) {
  char *end = (char *)sed_at;
  unsigned long value = isdigit((unsigned char)*sed_at) ? strtoul(sed_at, &end, 10) : 0;
  sed_at = end;
  return value;
}
