/* date: the time now, in UTC. */
#include <stdio.h>
#include <time.h>
#include <unistd.h>
#include "tools/tool.h"

int main(int argc, char **argv) {
  tool_start(argc, argv, "date [-u] [-d @SECONDS] [+FORMAT]\nPrints the time in UTC; FORMAT as strftime's.\n");
  time_t now = time(0);
  for (int option; (option = getopt(argc, argv, "ud:")) != -1;) {
    if (option == 'd' && optarg[0] == '@') now = (time_t)tool_number(optarg + 1, 10, 1UL << 40, "date");
    else if (option == 'd') return tool_complain("invalid date '%s'", optarg);
    else if (option == '?') tool_bad_usage(1);
  }
  const char *format = "%a %b %e %H:%M:%S %Z %Y";
  if (optind < argc) {
    if (argv[optind][0] != '+' || argc - optind > 1) return tool_complain("invalid date '%s'", argv[optind]);
    format = argv[optind] + 1;
  }
  char text[256];
  text[strftime(text, sizeof text, format, gmtime(&now))] = 0;
  puts(text);
  return tool_finish(0);
}
