/* free: memory in use, from /proc/meminfo. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "tools/tool.h"

static const char usage[] =
    "free [-bkmghltvw] [--si] [-s SECONDS] [-c COUNT]\n"
    "Shows how memory is used, in KiB, or bytes (-b), MiB (-m), GiB (-g), TiB (--tebi), kB (--kilo), MB (--mega)..., or fitting\n"
    "units (-h); --si: powers of 1000.\n"
    "  -t  also the sum of memory and swap   -w  buffers and cache apart   -s -c  again and again, so many times\n"
    "  -l  also low and high memory          -v  what has been promised to programs\n";

static const char *meminfo;
static int sums, wide, low_high, committed, human, thousands;
static unsigned long unit = 1024;

static unsigned long value(const char *name) { return tool_value(meminfo, name); }

/* "8.7Mi", "23Gi": at most three digits, or one and a tenth. */
static const char *fitting(unsigned long bytes, char to[16]) {
  unsigned long base = thousands ? 1000 : 1024, tenths = bytes * 10;
  int at = 0;
  if (bytes == 0) return "0B";
  for (; at < 5 && tenths >= base * 10; at++) tenths /= base;
  const char *suffix = at == 0 ? "B" : thousands ? "" : "i";
  char letter[2] = {at ? "KMGTP"[at - 1] : 0, 0};
  if (tenths < 100 && at > 0) snprintf(to, 16, "%lu.%lu%s%s", tenths / 10, tenths % 10, letter, suffix);
  else snprintf(to, 16, "%lu%s%s", tenths / 10, letter, suffix);
  return to;
}

static void put(unsigned long kibibytes) {
  char text[16];
  if (human) printf(" %11s", fitting(kibibytes * 1024, text));
  else printf(" %11lu", kibibytes * 1024 / unit);
}

static void put_line(const char *name, unsigned long total, unsigned long used, unsigned long unused) {
  printf("%-8s", name);
  put(total);
  put(used);
  put(unused);
  putchar('\n');
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
  putchar('\n');
  if (low_high) {
    put_line("Low:", total, total - unused, unused); /* there is no other */
    put_line("High:", 0, 0, 0);
  }
  put_line("Swap:", swap, swap - swap_free, swap_free);
  if (sums) put_line("Total:", total + swap, used + swap - swap_free, unused + swap_free);
  if (committed) {
    unsigned long limit = value("CommitLimit"), promised = value("Committed_AS");
    put_line("Comm:", limit, promised, limit - promised);
  }
  free((char *)meminfo);
  return 0;
}

/* The letter's power: --kilo is 1000, -k 1024. */
static void choose_unit(int power, unsigned long base) {
  human = 0;
  for (unit = 1; power > 0; power--) unit *= base;
}

int main(int argc, char **argv) {
  static const char powers[] = "bkmg\1\2", decimal[] = "\3\4\5\6\7";
  long delay = 0; /* in thousandths of a second */
  unsigned long count = 1;
  int has_count = 0, power = 1;
  char *end;
  tool_start(argc, argv, usage);
  for (int option; (option = tool_option(argc, argv, "b(bytes)k(kibi)m(mebi)g(gibi)\1(tebi)\2(pebi)\3(kilo)\4(mega)\5(giga)\6(tera)\7(peta)h(human)\10(si)l(lohi)t(total)v(committed)w(wide)s:(seconds)c:(count)")) != -1;) {
    switch (option) {
      case 't': sums = 1; break;
      case 'w': wide = 1; break;
      case 'l': low_high = 1; break;
      case 'v': committed = 1; break;
      case 'h': human = 1; break;
      case 8: thousands = 1; break;
      case 's':
        delay = strtol(optarg, &end, 10) * 1000;
        if (*end == '.')
          for (long digit = 100; end++, *end >= '0' && *end <= '9'; digit /= 10) delay += digit * (*end - '0');
        if (!*optarg || *end) return tool_complain("seconds argument failed: '%s': Invalid argument", optarg);
        if (delay <= 0) return tool_complain("seconds argument `%s' is not positive number", optarg);
        break;
      case 'c':
        count = strtoul(optarg, &end, 10);
        if (!*optarg || *end || *optarg == '-') return tool_complain("failed to parse count argument: '%s': Invalid argument", optarg);
        if (count == 0) return tool_complain("failed to parse count argument: '%s': Numerical result out of range", optarg);
        has_count = 1;
        break;
      default: {
        const char *known = strchr(powers, option);
        power = known ? (int)(known - powers) : (int)(strchr(decimal, option) - decimal) + 1;
        choose_unit(power, known ? 1024 : 1000);
        if (!known) power = 0; /* --si changes nothing more */
      }
    }
  }
  if (optind < argc) tool_bad_usage();
  if (thousands && power > 0) {
    int is_human = human;
    choose_unit(power, 1000);
    human = is_human;
  }
  if (delay > 0 && !has_count) count = ~0UL;
  if (has_count && delay == 0) delay = 1000;
  for (; count > 0; count--) {
    if (show()) return 1;
    if (count == 1) break;
    putchar('\n');
    fflush(stdout);
    nanosleep(&(struct timespec){delay / 1000, delay % 1000 * 1000000}, 0);
  }
  return tool_finish(0);
}
