/* free: memory in use, from /proc/meminfo. */
#include <stdio.h>
#include <unistd.h>
#include "tools/tool.h"

static const char *meminfo;
static int unit = 'k';

static unsigned long value(const char *name) { return tool_value(meminfo, name); }

static void put(unsigned long kibibytes) {
  char text[8];
  switch (unit) {
    case 'b': printf(" %11lu", kibibytes * 1024); break;
    case 'm': printf(" %11lu", kibibytes / 1024); break;
    case 'g': printf(" %11lu", kibibytes / 1024 / 1024); break;
    case 'h': printf(" %11s", tool_human(kibibytes * 1024, text)); break;
    default: printf(" %11lu", kibibytes);
  }
}

int main(int argc, char **argv) {
  tool_start(argc, argv, "free [-bkmgh]\nShows how memory is used, in KiB, or bytes (-b), MiB (-m), GiB (-g), or fitting units (-h).\n");
  for (int option; (option = getopt(argc, argv, "bkmgh")) != -1;) {
    if (option == '?') tool_bad_usage(1);
    unit = option;
  }
  meminfo = tool_read_file("/proc/meminfo", 0);
  if (!meminfo) return tool_failed("/proc/meminfo");
  unsigned long total = value("MemTotal"), unused = value("MemFree"), available = value("MemAvailable");
  unsigned long cache = value("Buffers") + value("Cached") + value("SReclaimable");
  unsigned long swap = value("SwapTotal"), swap_free = value("SwapFree");
  puts("               total        used        free      shared  buff/cache   available");
  fputs("Mem:    ", stdout);
  put(total);
  put(total - (available ? available : unused));
  put(unused);
  put(value("Shmem"));
  put(cache);
  put(available);
  fputs("\nSwap:   ", stdout);
  put(swap);
  put(swap - swap_free);
  put(swap_free);
  putchar('\n');
  return tool_finish(0);
}
