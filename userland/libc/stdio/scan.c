/* The scanf family (C11 7.21.6.2) without floating point: d i u x X o p s c [set] n %, * and widths and lengths. */
#include "file.h"
#include <ctype.h>
#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

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
    int keep = *format != '*', width = 0, length = 0;
    if (!keep) format++;
    while (isdigit((unsigned char)*format)) width = width * 10 + *format++ - '0';
    for (;; format++) {
      if (*format == 'h') length--;
      else if (*format == 'l') length++;
      else if (*format == 'j' || *format == 'z' || *format == 't') length = 1;
      else break;
    }
    char conversion = *format;
    if (conversion) format++;
    if (conversion == 'n') {
      if (keep) store(va_arg(arguments, void *), from->taken, length);
      continue;
    }
    if (conversion != 'c' && conversion != '[') skip_spaces(from);
    c = take(from);
    give_back(from, c);
    if (c == EOF) {
      if (stored == 0) stored = EOF;
      break;
    }
    if (conversion == 's' || conversion == 'c' || conversion == '[') {
      unsigned char in_set[256];
      char *to = keep ? va_arg(arguments, char *) : 0;
      int count = 0;
      if (conversion == '[') format = read_set(format, in_set);
      if (width == 0) width = conversion == 'c' ? 1 : INT_MAX;
      for (; count < width; count++) {
        c = take(from);
        if (c == EOF || (conversion == 's' && isspace(c)) || (conversion == '[' && !in_set[c])) {
          give_back(from, c);
          break;
        }
        if (to) to[count] = (char)c;
      }
      if (count == 0 || (conversion == 'c' && count < width)) break;
      if (to && conversion != 'c') to[count] = 0;
    } else {
      char text[72];
      int base = conversion == 'i' ? 0 : conversion == 'o' ? 8 : conversion == 'd' || conversion == 'u' ? 10 : 16;
      if (!conversion || !strchr("diuxXop", conversion) || !take_number(from, base, width, text)) break;
      long value = conversion == 'd' || conversion == 'i' ? strtol(text, 0, base) : (long)strtoul(text, 0, base);
      if (keep) store(va_arg(arguments, void *), value, conversion == 'p' ? 1 : length);
    }
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
