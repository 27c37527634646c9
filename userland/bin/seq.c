/* seq: counts; whole numbers only. -s sets what stands between, -w pads with zeros. */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tools/tool.h"

static long number(const char *text) {
  char *end;
  errno = 0;
  long value = strtol(text, &end, 10);
  if (errno == 0 && end != text && *end == 0) return value;
  tool_complain("invalid number: '%s'", text);
  tool_bad_usage(1);
}

static int digits(long value) { return snprintf(0, 0, "%ld", value); }

int main(int argc, char **argv) {
  const char *between = "\n";
  int pad = 0, at = 1;
  tool_start(argc, argv, "seq [-w] [-s TEXT] [FIRST [STEP]] LAST\nCounts from FIRST (1) to LAST; -s puts TEXT between, -w pads with zeros.\n");
  for (; at < argc && argv[at][0] == '-' && !isdigit((unsigned char)argv[at][1]); at++) {
    if (strcmp(argv[at], "-w") == 0) pad = 1;
    else if (strcmp(argv[at], "-s") == 0 && at + 1 < argc) between = argv[++at];
    else {
      tool_complain("invalid option '%s'", argv[at]);
      tool_bad_usage(1);
    }
  }
  int count = argc - at;
  if (count < 1 || count > 3) {
    tool_complain(count < 1 ? "missing operand" : "too many operands");
    tool_bad_usage(1);
  }
  long first = count > 1 ? number(argv[at]) : 1, step = count > 2 ? number(argv[at + 1]) : 1;
  long last = number(argv[argc - 1]);
  if (step == 0) return tool_complain("the step may not be 0");
  int width = 0;
  if (pad) width = digits(first) > digits(last) ? digits(first) : digits(last);
  int any = 0;
  for (long value = first; step > 0 ? value <= last : value >= last;) {
    printf("%s%0*ld", any ? between : "", width, value);
    any = 1;
    if (step > 0 ? value > LONG_MAX - step : value < LONG_MIN - step) break;
    value += step;
  }
  if (any) putchar('\n');
  return tool_finish(0);
}
