/* vmstat: what the memory and the processor did, from /proc/vmstat, /proc/meminfo and /proc/stat; with DELAY again and again. The
   columns are procps's; --paging has others, which tell more of what this machine is made to show. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "tools/tool.h"

static const char usage[] =
    "vmstat [-afnstwy] [-S UNIT] [--paging] [DELAY [COUNT]]\n"
    "Shows processes that run (r) and that wait for swap (b); memory in KiB: swapped out (swpd), free, buffers, files (cache);\n"
    "what happened in a second, on the average since boot, and in further lines since the line before: KiB swapped in (si)\n"
    "and out (so), blocks (bi, bo: this machine has none), interrupts, context switches; and the processor's time in percent:\n"
    "programs, kernel, idle, waiting, stolen.\n"
    "  --paging  memory of programs, of files and of page tables, faults, and major ones, instead\n"
    "  -a  inactive and active memory   -w  wide   -t  the time too   -n  one heading only   -y  not since boot\n"
    "  -S  k (1000), K, m (1000000) or M   -s  everything that is counted   -f  processes made since boot\n";

static int active, wide, stamped, paging;
static unsigned long unit = 1024;
static char *memory, *events, *machine;

/* A file of /proc, which must be there. */
static char *proc_file(const char *path) {
  char *text = tool_read_file(path, 0);
  if (!text) exit(tool_failed(path));
  return text;
}

static void read_all(void) {
  free(memory), free(events), free(machine);
  memory = proc_file("/proc/meminfo");
  events = proc_file("/proc/vmstat");
  machine = proc_file("/proc/stat");
}

/* Hundredths of a second since boot, at least one. */
static unsigned long uptime(void) {
  char *text = proc_file("/proc/uptime"), *point;
  unsigned long seconds = strtoul(text, &point, 10);
  unsigned long hundredths = seconds * 100 + strtoul(point + 1, 0, 10);
  free(text);
  return hundredths ? hundredths : 1;
}

/* What a counter counted each second since it was asked last, `before`; scaled. */
static unsigned long rate(unsigned long now, unsigned long *before, unsigned long scale, unsigned long hundredths) {
  unsigned long counted = (now - *before) * scale;
  *before = now;
  return (counted * 100 + hundredths / 2) / hundredths;
}

static unsigned long size(const char *name) { return tool_value(memory, name) * 1024 / unit; }

static void read_ticks(unsigned long to[8]) {
  char *at = machine + 4; /* past "cpu " */
  for (int i = 0; i < 8; i++) to[i] = strtoul(at, &at, 10);
}

static void put_times(void) {
  static unsigned long before[8];
  unsigned long now[8], passed[8], sum = 0;
  read_ticks(now);
  for (int i = 0; i < 8; i++) sum += passed[i] = now[i] - before[i];
  memcpy(before, now, sizeof before);
  if (sum == 0) passed[3] = sum = 1;
  const unsigned long parts[] = {passed[0] + passed[1], passed[2] + passed[5] + passed[6], passed[3], passed[4], passed[7], 0};
  int over = 0; /* 100 is a digit too wide; the column after it gives way, so that a line stays one of 80 columns */
  for (int i = 0; i < 5 + wide; i++) {
    int cell = (wide ? 4 : 3) - over;
    over = printf(" %*lu", cell - 1, (parts[i] * 100 + sum / 2) / sum) - cell;
  }
}

static void sample(void) {
  static unsigned long time_before, in, out, faults, major, read, written, interrupts, switches;
  unsigned long now = uptime(), passed = now > time_before ? now - time_before : 1;
  time_before = now;
  read_all();
  unsigned long running = tool_value(machine, "procs_running"), blocked = tool_value(machine, "procs_blocked");
  unsigned long swapped = size("SwapTotal") - size("SwapFree"), free = size("MemFree");
  if (paging) {
    printf("%3lu %3lu %8lu %8lu %8lu %8lu %7lu", running, blocked, swapped, free, size("AnonPages"), size("Cached"), size("PageTables"));
    printf(" %6lu %6lu", rate(tool_value(events, "pswpin"), &in, 4096, passed) / unit, rate(tool_value(events, "pswpout"), &out, 4096, passed) / unit);
    printf(" %7lu %6lu", rate(tool_value(events, "pgfault"), &faults, 1, passed), rate(tool_value(events, "pgmajfault"), &major, 1, passed));
    printf(" %8lu", rate(tool_value(machine, "ctxt"), &switches, 1, passed));
  } else {
    printf(wide ? "%4lu %4lu %12lu %12lu %12lu %12lu" : "%2lu %2lu %6lu %6lu %6lu %6lu", running, blocked, swapped, free,
           active ? size("Inactive") : size("Buffers"), active ? size("Active") : size("Cached") + size("SReclaimable"));
    printf(" %4lu %4lu", rate(tool_value(events, "pswpin"), &in, 4096, passed) / unit, rate(tool_value(events, "pswpout"), &out, 4096, passed) / unit);
    printf(" %5lu %5lu", rate(tool_value(events, "pgpgin"), &read, 1, passed), rate(tool_value(events, "pgpgout"), &written, 1, passed));
    printf(" %4lu %4lu", rate(tool_value(machine, "intr"), &interrupts, 1, passed), rate(tool_value(machine, "ctxt"), &switches, 1, passed));
    put_times();
  }
  if (stamped) {
    char text[32];
    time_t seconds = time(0);
    text[strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", localtime(&seconds))] = 0;
    printf(" %s", text);
  }
  putchar('\n');
  fflush(stdout);
}

static void put_heading(void) {
  if (paging) {
    puts("  r   b     swpd     free     anon    cache  tables     si     so  faults  major switches");
    return;
  }
  char zone[24] = "";
  time_t now = time(0);
  strftime(zone, sizeof zone, "%Z", localtime(&now));
  fputs(wide ? "--procs-- -----------------------memory---------------------- ---swap-- -----io---- -system-- ----------cpu----------"
             : "procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu-----", stdout);
  puts(stamped ? " -----timestamp-----" : "");
  printf(wide ? "%4s %4s %12s %12s %12s %12s" : "%2s %2s %6s %6s %6s %6s", "r", "b", "swpd", "free", active ? "inact" : "buff", active ? "active" : "cache");
  fputs("   si   so    bi    bo   in   cs", stdout);
  fputs(wide ? "  us  sy  id  wa  st  gu" : " us sy id wa st", stdout);
  if (stamped) printf(" %19s", zone);
  putchar('\n');
}

/* -s. */
static void totals(void) {
  unsigned long ticks[8];
  read_all();
  read_ticks(ticks);
  unsigned long all = size("MemTotal"), available = size("MemAvailable");
  const struct {
    const char *format;
    unsigned long value;
  } lines[] = {
      {"%13lu %c total memory", all}, {"%13lu %c used memory", all - (available ? available : size("MemFree"))},
      {"%13lu %c active memory", size("Active")}, {"%13lu %c inactive memory", size("Inactive")},
      {"%13lu %c free memory", size("MemFree")}, {"%13lu %c buffer memory", size("Buffers")},
      {"%13lu %c swap cache", size("Cached") + size("SReclaimable")}, {"%13lu %c total swap", size("SwapTotal")},
      {"%13lu %c used swap", size("SwapTotal") - size("SwapFree")}, {"%13lu %c free swap", size("SwapFree")},
      {"%13lu non-nice user cpu ticks", ticks[0]}, {"%13lu nice user cpu ticks", ticks[1]}, {"%13lu system cpu ticks", ticks[2]},
      {"%13lu idle cpu ticks", ticks[3]}, {"%13lu IO-wait cpu ticks", ticks[4]}, {"%13lu IRQ cpu ticks", ticks[5]},
      {"%13lu softirq cpu ticks", ticks[6]}, {"%13lu stolen cpu ticks", ticks[7]},
      {"%13lu non-nice guest cpu ticks", 0}, {"%13lu nice guest cpu ticks", 0},
      {"%13lu K paged in", tool_value(events, "pgpgin")}, {"%13lu K paged out", tool_value(events, "pgpgout")},
      {"%13lu pages swapped in", tool_value(events, "pswpin")}, {"%13lu pages swapped out", tool_value(events, "pswpout")},
      {"%13lu page faults", tool_value(events, "pgfault")}, {"%13lu major page faults", tool_value(events, "pgmajfault")},
      {"%13lu interrupts", tool_value(machine, "intr")}, {"%13lu CPU context switches", tool_value(machine, "ctxt")},
      {"%13lu boot time", tool_value(machine, "btime")}, {"%13lu forks", tool_value(machine, "processes")},
  };
  for (size_t at = 0; at < sizeof lines / sizeof *lines; at++) {
    printf(lines[at].format, lines[at].value, unit == 1024 ? 'K' : unit == 1000 ? 'k' : unit == 1000000 ? 'm' : 'M');
    putchar('\n');
  }
}

static unsigned long positive(const char *text, const char *what) {
  char *end;
  unsigned long value = strtoul(text, &end, 10);
  if (!*text || *end) exit(tool_complain("failed to parse argument: '%s'", text));
  if (value == 0 || *text == '-') exit(tool_complain("%s must be positive integer", what));
  return value;
}

int main(int argc, char **argv) {
  int all = 0, forks = 0, once = 0, skip_first = 0;
  tool_start(argc, argv, usage);
  for (int option; (option = tool_option(argc, argv, "a(active)f(forks)n(one-header)s(stats)S:(unit)t(timestamp)w(wide)y(no-first)\1(paging)")) != -1;) {
    switch (option) {
      case 'a': active = 1; break;
      case 'f': forks = 1; break;
      case 'n': once = 1; break;
      case 's': all = 1; break;
      case 'S': {
        static const unsigned long units[] = {1000, 1024, 1000000, 1048576};
        static const char letters[] = "kKmM";
        const char *known = *optarg && !optarg[1] ? strchr(letters, *optarg) : 0;
        if (!known) return tool_complain("-S requires k, K, m or M (default is KiB)");
        unit = units[known - letters];
        break;
      }
      case 't': stamped = 1; break;
      case 'w': wide = 1; break;
      case 'y': skip_first = 1; break;
      case 1: paging = 1; break;
    }
  }
  if (argc - optind > 2) tool_bad_usage();
  argc -= optind, argv += optind;
  unsigned long delay = argc > 0 ? positive(argv[0], "delay") : 0;
  unsigned long count = argc > 1 ? positive(argv[1], "count") : delay ? ~0UL : 1;
  if (all) {
    totals();
  } else if (forks) {
    read_all();
    printf("%13lu forks\n", tool_value(machine, "processes"));
  } else {
    put_heading();
    for (unsigned long line = 1; count-- > 0; line++) {
      if (line > 1 && !once && isatty(1) && line % 22 == 1) put_heading();
      if (!skip_first || line > 1 || !delay) sample();
      if (count > 0) sleep((unsigned)delay);
    }
  }
  return tool_finish(0);
}
