/* hexdump: bytes in hexadecimal and other numbers, sixteen a line. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tools/tool.h"

static const char usage[] =
    "hexdump [-bCcdovx] [-s SKIP] [-n BYTES] [FILE]...\n"
    "Shows bytes; a repeated line as *.\n"
    "  -C  in hexadecimal, and as characters   -x  words of two bytes in hexadecimal (also without an option)\n"
    "  -b  in octal    -c  as characters       -d, -o  words in decimal, in octal\n"
    "  -v  repeated lines, too                 -s, -n  from an offset on, so many bytes (k and m are understood)\n";

static unsigned long offset, left = ~0UL;
static char kind = 'w';
static int all;

static void put_character(unsigned char c) {
  static const char codes[] = "\0\a\b\f\n\r\t\v", letters[] = "0abfnrtv";
  const char *known = memchr(codes, c, sizeof codes - 1);
  if (known) printf("  \\%c", letters[known - codes]);
  else if (isprint(c)) printf("%4c", c);
  else printf(" %03o", c);
}

static void put_line(const unsigned char *bytes, size_t size) {
  printf(kind == 'C' ? "%08lx " : "%07lx", offset);
  for (size_t i = 0; i < 16; i++) {
    int is_there = i < size;
    unsigned word = is_there ? bytes[i] | (i + 1 < size ? (unsigned)bytes[i + 1] << 8 : 0) : 0;
    switch (kind) {
      case 'C':
        if (i % 8 == 0) putchar(' ');
        printf(is_there ? "%02x " : "   ", bytes[is_there ? i : 0]);
        break;
      case 'b': printf(is_there ? " %03o" : "    ", bytes[is_there ? i : 0]); break;
      case 'c':
        if (is_there) put_character(bytes[i]);
        else fputs("    ", stdout);
        break;
      default: {
        if (i % 2) break;
        const char *format = kind == 'w' ? " %04x" : kind == 'x' ? "    %04x" : kind == 'd' ? "   %05u" : "  %06o";
        if (is_there) printf(format, word);
        else printf("%*s", kind == 'w' ? 5 : 8, "");
      }
    }
  }
  if (kind == 'C') {
    fputs(" |", stdout);
    for (size_t i = 0; i < size; i++) putchar(isprint(bytes[i]) ? bytes[i] : '.');
    putchar('|');
  }
  putchar('\n');
}

static unsigned long size_of(const char *text, const char *what) {
  char *end;
  unsigned long value = strtoul(text, &end, 0);
  int shift = *end == 'k' || *end == 'K' ? 10 : *end == 'm' || *end == 'M' ? 20 : *end == 'g' || *end == 'G' ? 30 : *end == 'b' ? 9 : 0;
  if (end != text && *text != '-' && end[shift != 0] == 0) return value << shift;
  tool_complain("%s: invalid %s", text, what);
  exit(1);
}

/* The files are one long file. */
static FILE *file;
static char **names;
static int status;

static int next_byte(void) {
  for (;;) {
    int c = file ? getc(file) : EOF;
    if (c != EOF) return c;
    if (file && ferror(file)) status = tool_failed("read");
    if (file && file != stdin) fclose(file);
    if (!names || !*names) {
      file = 0;
      return EOF;
    }
    if (!(file = fopen(*names, "r"))) status = tool_failed(*names);
    names++;
  }
}

int main(int argc, char **argv) {
  unsigned char now[16], before[16];
  unsigned long skip = 0;
  int starred = 0, any = 0;
  tool_start(argc, argv, usage);
  for (int option; (option = tool_option(argc, argv, "bC(canonical)cdov(no-squeezing)xs:(skip)n:(length)")) != -1;) {
    if (option == 's') skip = size_of(optarg, "offset");
    else if (option == 'n') left = size_of(optarg, "length");
    else if (option == 'v') all = 1;
    else if (option == '?') tool_bad_usage();
    else kind = (char)option;
  }
  if (optind < argc) names = argv + optind;
  else file = stdin;
  for (; skip > offset && next_byte() != EOF; offset++) {
  }
  for (size_t size = 16; size == 16 && left > 0; offset += size) {
    int c;
    for (size = 0; size < 16 && left > 0 && (c = next_byte()) != EOF; left--) now[size++] = (unsigned char)c;
    if (size == 0) break;
    int same = !all && any && size == 16 && memcmp(now, before, 16) == 0;
    if (!same) put_line(now, size);
    else if (!starred) puts("*");
    starred = same;
    any = 1;
    memcpy(before, now, 16);
  }
  if (offset > 0 && (any || skip)) printf(kind == 'C' ? "%08lx\n" : "%07lx\n", offset);
  return tool_finish(status);
}
