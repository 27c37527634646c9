/* free: memory in use, from /proc/meminfo. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include "tools/tool.h"

static const char usage[] =
    "free [-bkmghtw] [-s SECONDS] [-c COUNT]\n"
    "Shows how memory is used, in KiB, or bytes (-b), MiB (-m), GiB (-g), or fitting units (-h).\n"
    "  -t  also the sum of memory and swap   -w  buffers and cache apart   -s -c  again and again, so many times\n";

static const char *meminfo;
static int unit = 'k', sums, wide;

static unsigned long value(const char *name) { return tool_value(meminfo, name); }

/* "8.7Mi", "23Gi": at most three digits, or one and a tenth. */
static const char *fitting(unsigned long kibibytes, char to[16]) {
  static const char *const units[] = {"Ki", "Mi", "Gi", "Ti"};
  int at = 0;
  unsigned long tenths = kibibytes * 10;
  if (kibibytes == 0) return "0B";
  for (; at < 3 && tenths >= 10240; at++) tenths /= 1024;
  if (tenths < 100 && at > 0) snprintf(to, 16, "%lu.%lu%s", tenths / 10, tenths % 10, units[at]);
  else snprintf(to, 16, "%lu%s", tenths / 10, units[at]);
  return to;
}

static void put(unsigned long kibibytes) {
  char text[16];
  switch (unit) {
    case 'b': printf(" %11lu", kibibytes * 1024); break;
    case 'm': printf(" %11lu", kibibytes / 1024); break;
    case 'g': printf(" %11lu", kibibytes / 1024 / 1024); break;
    case 'h': printf(" %11s", fitting(kibibytes, text)); break;
    default: printf(" %11lu", kibibytes);
  }
}

static int show(void) {
  meminfo = tool_read_file("/proc/meminfo", 0);
  if (!meminfo) return tool_failed("/proc/meminfo");
  unsigned long total = value("MemTotal"), unused = value("MemFree"), available = value("MemAvailable");
  unsigned long buffers = value("Buffers"), cache = value("Cached") + value("SReclaimable");
  unsigned long swap = value("SwapTotal"), swap_free = value("SwapFree"), used = total - (available ? available : unused);
  printf("               total        used        free      shared%s   available\n", wide ? "     buffers       cache" : "  buff/cache");
  fputs("Mem:    ", stdout);
  put(total);
  put(used);
  put(unused);
  put(value("Shmem"));
  if (wide) put(buffers);
  put(wide ? cache : buffers + cache);
  put(available);
  fputs("\nSwap:   ", stdout);
  put(swap);
  put(swap - swap_free);
  put(swap_free);
  putchar('\n');
  if (sums) {
    fputs("Total:  ", stdout);
    put(total + swap);
    put(used + swap - swap_free);
    put(unused + swap_free);
    putchar('\n');
  }
  free((char *)meminfo);
  return 0;
}

int main(int argc, char **argv) {
  unsigned long delay = 0, count = 1;
  int has_count = 0;
  tool_start(argc, argv, usage);
  for (int option; (option = tool_option(argc, argv, "b(bytes)k(kibi)m(mebi)g(gibi)h(human)t(total)w(wide)s:(seconds)c:(count)")) != -1;) {
    switch (option) {
      case 't': sums = 1; break;
      case 'w': wide = 1; break;
      case 's': delay = tool_number(optarg, 10, 86400, "interval"); break;
      case 'c':
        count = tool_number(optarg, 10, ~0UL, "count");
        has_count = 1;
        break;
      case '?': tool_bad_usage();
      default: unit = option;
    }
  }
  if (delay && !has_count) count = ~0UL;
  if (has_count && !delay) delay = 1;
  for (; count > 0; count--) {
    if (show()) return 1;
    if (count == 1) break;
    putchar('\n');
    fflush(stdout);
    nanosleep(&(struct timespec){(time_t)delay, 0}, 0);
  }
  return tool_finish(0);
}
