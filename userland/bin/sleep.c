/* sleep: waits; fractions of seconds, and the suffixes s, m, h, d, as GNU's. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "tools/tool.h"

int main(int argc, char **argv) {
  struct timespec total = {0, 0};
  tool_start(argc, argv, "sleep NUMBER[smhd]...\nWaits so many seconds, minutes, hours or days; NUMBER may have a fraction.\n");
  if (argc < 2) {
    tool_complain("missing operand");
    tool_bad_usage();
  }
  for (int i = 1; i < argc; i++) {
    char *at = argv[i];
    long seconds = 0, nanoseconds = 0, digit = 100000000;
    if (isdigit((unsigned char)*at) || *at == '.') seconds = *at == '.' ? 0 : strtol(at, &at, 10);
    else at = "?";
    if (*at == '.')
      for (at++; isdigit((unsigned char)*at); at++, digit /= 10) nanoseconds += (*at - '0') * digit;
    long unit = *at == 'm' ? 60 : *at == 'h' ? 3600 : *at == 'd' ? 86400 : 1;
    if (*at == 's' || unit > 1) at++;
    if (*at) {
      tool_complain("invalid time interval '%s'", argv[i]);
      tool_bad_usage();
    }
    total.tv_nsec += nanoseconds * unit % 1000000000;
    total.tv_sec += seconds * unit + nanoseconds * unit / 1000000000 + total.tv_nsec / 1000000000;
    total.tv_nsec %= 1000000000;
  }
  while (nanosleep(&total, &total) < 0)
    if (errno != EINTR) return tool_failed("nanosleep");
  return 0;
}
