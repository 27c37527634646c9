/* hexdump: bytes in hexadecimal and as characters, sixteen a line (as hexdump -C). */
#include <ctype.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "tools/tool.h"

static unsigned long offset, left = ~0UL;

static void put_line(const unsigned char *bytes, size_t size) {
  printf("%08lx ", offset);
  for (size_t i = 0; i < 16; i++) {
    if (i % 8 == 0) putchar(' ');
    if (i < size) printf("%02x ", bytes[i]);
    else fputs("   ", stdout);
  }
  fputs(" |", stdout);
  for (size_t i = 0; i < size; i++) putchar(isprint(bytes[i]) ? bytes[i] : '.');
  puts("|");
}

static int dump(FILE *file, const char *name) {
  unsigned char now[16], before[16];
  int starred = 0, any = 0;
  for (size_t size; left > 0; offset += size) {
    size = fread(now, 1, left < 16 ? left : 16, file);
    if (size == 0) break;
    left -= size;
    int same = any && size == 16 && memcmp(now, before, 16) == 0;
    if (!same) put_line(now, size);
    else if (!starred) puts("*");
    starred = same;
    any = 1;
    memcpy(before, now, 16);
  }
  return ferror(file) ? tool_failed(name) : 0;
}

int main(int argc, char **argv) {
  int status = 0;
  unsigned long skip = 0;
  tool_start(argc, argv, "hexdump [-C] [-s SKIP] [-n BYTES] [FILE]...\nShows bytes in hexadecimal and as characters; a repeated line as *.\n");
  for (int option; (option = getopt(argc, argv, "Cs:n:")) != -1;) {
    if (option == 's') skip = tool_number(optarg, 0, ~0UL >> 1, "offset");
    else if (option == 'n') left = tool_number(optarg, 0, ~0UL, "number of bytes");
    else if (option == '?') tool_bad_usage(1);
  }
  for (int i = optind; i < argc || i == optind; i++) {
    FILE *file = i < argc ? fopen(argv[i], "r") : stdin;
    const char *name = i < argc ? argv[i] : "standard input";
    if (!file) {
      status = tool_failed(name);
      continue;
    }
    if (skip > 0) {
      offset = skip;
      if (fseek(file, (long)skip, SEEK_SET) < 0)
        for (; skip > 0 && getc(file) != EOF; skip--) {
        }
      skip = 0;
    }
    status |= dump(file, name);
    if (i < argc) fclose(file);
  }
  if (offset > 0) printf("%08lx\n", offset);
  return tool_finish(status);
}
