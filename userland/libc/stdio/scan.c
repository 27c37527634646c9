/* The scanf family (C11 7.21.6.2) without floating point: d i u x X o p s c [set] n %, * and widths and lengths, and of POSIX
   places of arguments (%2$d) and memory that is allocated (%ms). */
#include "file.h"
#include <ctype.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

/* Where characters come from: a file, or a string when `file` is null. */
struct source {
  FILE *file;
  const char *text;
  int taken; /* characters, for %n */
};

static int take(struct source *from) {
  int c = from->file ? getc(from->file) : *from->text ? (unsigned char)*from->text++ : EOF;
  if (c != EOF) from->taken++;
  return c;
}

static void give_back(struct source *from, int c) {
  if (c == EOF) return;
  from->taken--;
  if (from->file) ungetc(c, from->file);
  else from->text--;
}

static int skip_spaces(struct source *from) {
  int c;
  do c = take(from);
  while (c != EOF && isspace(c));
  give_back(from, c);
  return c;
}

/* Collects the characters of a number into `text`; 0 when there is none. */
static int take_number(struct source *from, int base, int width, char text[72]) {
  int length = 0, digits = 0, c;
  if (width <= 0 || width > 70) width = 70;
  for (; length < width; text[length++] = (char)c) {
    c = take(from);
    if (length == 0 && (c == '-' || c == '+')) continue;
    int first = length == 0 || (length == 1 && !isdigit((unsigned char)text[0]));
    if (first && c == '0' && base == 0) base = 8; /* or 16, if an x follows */
    else if (digits == 1 && text[length - 1] == '0' && (c | 32) == 'x' && (base == 16 || base == 8)) {
      base = 16;
      digits = 0;
      continue;
    }
    int value = isdigit(c) ? c - '0' : isalpha(c) ? (c | 32) - 'a' + 10 : 99;
    if (c == EOF || value >= (base ? base : 10)) {
      give_back(from, c);
      break;
    }
    digits++;
  }
  text[length] = 0;
  return digits > 0;
}

static void store(void *to, long value, int length) {
  if (length > 0) *(long *)to = value;
  else if (length == 0) *(int *)to = (int)value;
  else if (length == -1) *(short *)to = (short)value;
  else *(signed char *)to = (signed char)value;
}

/* Reads a [set] from after the bracket into a table; returns the place after it. */
static const char *read_set(const char *at, unsigned char in_set[256]) {
  int inverted = *at == '^';
  if (inverted) at++;
  memset(in_set, inverted, 256);
  for (const char *start = at; *at && (*at != ']' || at == start); at++) {
    unsigned char low = (unsigned char)*at, high = low;
    if (at[1] == '-' && at[2] && at[2] != ']') {
      high = (unsigned char)at[2];
      at += 2;
    }
    for (int c = low; c <= high; c++) in_set[c] = !inverted;
  }
  return *at ? at + 1 : at;
}

/* Where the characters of %s, %c and %[ go: memory of the caller's, or `grown` of the library's; nowhere when both are null. */
struct target {
  void *to;
  void **grown;
  int is_wide;
  size_t count, room;
};

/* False when memory has run out. */
static int put(struct target *target, wchar_t c) {
  size_t size = target->is_wide ? sizeof(wchar_t) : 1;
  if (target->grown && target->count == target->room) {
    size_t room = target->room ? 2 * target->room : 32;
    void *larger = reallocarray(target->to, room, size);
    if (!larger) return 0;
    target->to = larger;
    target->room = room;
  }
  if (target->to && target->is_wide) ((wchar_t *)target->to)[target->count] = c;
  else if (target->to) ((char *)target->to)[target->count] = (char)c;
  target->count++;
  return 1;
}

enum { NO_MATCH, MATCHED, NO_INPUT };

/* %s, %c (no set and no end at spaces) or %[: up to `width` characters. */
static int take_text(struct source *from, struct target *target, char conversion, int width, const unsigned char in_set[256]) {
  mbstate_t state = {0};
  size_t wanted = width > 0 ? (size_t)width : conversion == 'c' ? 1 : SIZE_MAX;
  int failed = 0;
  while (!failed && target->count < wanted) {
    int c = take(from);
    wchar_t wide = c;
    if (c == EOF || (conversion == 's' && isspace(c)) || (conversion == '[' && !in_set[c])) {
      give_back(from, c);
      break;
    }
    if (target->is_wide) {
      size_t used = mbrtowc(&wide, &(char){(char)c}, 1, &state);
      if (used == (size_t)-2) continue;
      failed = used == (size_t)-1;
    }
    failed = failed || !put(target, wide);
  }
  int matches = target->count > 0 && (conversion != 'c' || target->count == wanted);
  if (matches && conversion != 'c') failed = failed || !put(target, 0);
  if (!failed && matches) {
    if (target->grown) *target->grown = target->to;
    return MATCHED;
  }
  if (target->grown) free(target->to);
  return failed ? NO_INPUT : NO_MATCH;
}

static int take_integer(struct source *from, void *to, char conversion, int width, int length) {
  char text[72];
  int base = conversion == 'i' ? 0 : conversion == 'o' ? 8 : conversion == 'd' || conversion == 'u' ? 10 : 16;
  if (!conversion || !strchr("diuxXop", conversion) || !take_number(from, base, width, text)) return NO_MATCH;
  long value = conversion == 'd' || conversion == 'i' ? strtol(text, 0, base) : (long)strtoul(text, 0, base);
  if (to) store(to, value, conversion == 'p' ? 1 : length);
  return MATCHED;
}

/* The argument at a place, or the next one: all are pointers. */
static void *pointer(va_list all, va_list *next, int place) {
  if (place == 0) return va_arg(*next, void *);
  va_list counted;
  va_copy(counted, all);
  while (--place > 0) (void)va_arg(counted, void *);
  void *found = va_arg(counted, void *);
  va_end(counted);
  return found;
}

static int scan(struct source *from, const char *format, va_list given) {
  int stored = 0;
  va_list arguments;
  va_copy(arguments, given);
  while (*format) {
    int c;
    if (isspace((unsigned char)*format)) {
      skip_spaces(from);
      format++;
      continue;
    }
    if (*format != '%' || format[1] == '%') {
      if (*format == '%') skip_spaces(from), format++;
      c = take(from);
      if (c != (unsigned char)*format++) {
        give_back(from, c);
        if (c == EOF && stored == 0) stored = EOF;
        break;
      }
      continue;
    }
    format++;
    char *end;
    long place = isdigit((unsigned char)*format) ? strtol(format, &end, 10) : 0;
    if (place > 0 && *end == '$') format = end + 1;
    else place = 0;
    int keep = *format != '*', width = 0, length = 0, grows = 0;
    if (!keep) format++;
    for (; isdigit((unsigned char)*format); format++)
      if (width < INT_MAX / 10) width = width * 10 + *format - '0';
    if (*format == 'm') grows = 1, format++;
    for (;; format++) {
      if (*format == 'h') length--;
      else if (*format == 'l') length++;
      else if (*format == 'j' || *format == 'z' || *format == 't' || *format == 'q') length = 1;
      else break;
    }
    char conversion = *format;
    if (conversion) format++;
    if (conversion == 'C' || conversion == 'S') conversion |= 32, length = 1;
    unsigned char in_set[256];
    if (conversion == '[') format = read_set(format, in_set);
    void *to = keep ? pointer(given, &arguments, (int)place) : 0;
    if (conversion == 'n') {
      if (keep) store(to, from->taken, length);
      continue;
    }
    if (conversion != 'c' && conversion != '[') skip_spaces(from);
    c = take(from);
    give_back(from, c);
    int result = NO_INPUT;
    if (c != EOF && (conversion == 's' || conversion == 'c' || conversion == '[')) {
      grows &= keep;
      struct target target = {grows ? 0 : to, grows ? to : 0, length == 1, 0, 0};
      result = take_text(from, &target, conversion, width, in_set);
    } else if (c != EOF) {
      result = take_integer(from, to, conversion, width, length);
    }
    if (result == NO_INPUT && stored == 0) stored = EOF;
    if (result != MATCHED) break;
    stored += keep;
  }
  va_end(arguments);
  return stored;
}

int vfscanf(FILE *restrict file, const char *restrict format, va_list arguments) {
  struct source from = {file, 0, 0};
  flockfile(file);
  int result = scan(&from, format, arguments);
  funlockfile(file);
  return result;
}
int vsscanf(const char *restrict text, const char *restrict format, va_list arguments) {
  struct source from = {0, text, 0};
  return scan(&from, format, arguments);
}

int scanf(const char *restrict format, ...) {
  PASS_ON(format, vfscanf(stdin, format, arguments));
}
int fscanf(FILE *restrict file, const char *restrict format, ...) {
  PASS_ON(format, vfscanf(file, format, arguments));
}
int sscanf(const char *restrict text, const char *restrict format, ...) {
  PASS_ON(format, vsscanf(text, format, arguments));
}

int vscanf(const char *restrict format, va_list arguments) { return vfscanf(stdin, format, arguments); }
