/* uptime: how long the machine has run. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "tools/tool.h"

int main(int argc, char **argv) {
  tool_start(argc, argv, "uptime\nPrints the time now, and how long the machine has run.\n");
  char *text = tool_read_file("/proc/uptime", 0), *loads = tool_read_file("/proc/loadavg", 0), now[16];
  if (!text || !loads) return tool_failed("/proc/uptime");
  unsigned long seconds = strtoul(text, 0, 10), days = seconds / 86400;
  time_t time_now = time(0);
  strftime(now, sizeof now, "%H:%M:%S", gmtime(&time_now));
  printf(" %s up ", now);
  if (days > 0) printf("%lu day%s, ", days, days == 1 ? "" : "s");
  if (seconds % 86400 >= 3600) printf("%2lu:%02lu", seconds / 3600 % 24, seconds / 60 % 60);
  else printf("%lu min", seconds / 60 % 60);
  printf(", load average: %.4s, %.4s, %.4s\n", loads, loads + 5, loads + 10);
  return tool_finish(0);
}
