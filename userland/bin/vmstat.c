/* vmstat: what the memory did, from /proc/vmstat, /proc/meminfo and /proc/stat; with DELAY again and again. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "tools/tool.h"

static const char usage[] =
    "vmstat [-s] [DELAY [COUNT]]\n"
    "Shows processes that run (r) and that wait for swap (b); memory in KiB: swapped out (swpd), free, of programs\n"
    "(anon), of files (cache), page tables; and what happened in a second, on the average since boot, and in further\n"
    "lines since the line before: KiB swapped in (si) and out (so), page faults, major ones, context switches.\n"
    "  -s  everything that is counted, since boot\n";

/* A file of /proc, which must be there. */
static char *proc_file(const char *path) {
  char *text = tool_read_file(path, 0);
  if (!text) exit(tool_failed(path));
  return text;
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

static void sample(void) {
  static unsigned long time_before, in, out, faults, major, switches;
  char *memory = proc_file("/proc/meminfo"), *events = proc_file("/proc/vmstat"), *machine = proc_file("/proc/stat");
  unsigned long time = uptime(), passed = time > time_before ? time - time_before : 1;
  time_before = time;
  printf("%3lu %3lu %8lu %8lu %8lu %8lu %7lu", tool_value(machine, "procs_running"), tool_value(machine, "procs_blocked"),
         tool_value(memory, "SwapTotal") - tool_value(memory, "SwapFree"), tool_value(memory, "MemFree"),
         tool_value(memory, "AnonPages"), tool_value(memory, "Cached"), tool_value(memory, "PageTables"));
  printf(" %6lu %6lu", rate(tool_value(events, "pswpin"), &in, 4, passed), rate(tool_value(events, "pswpout"), &out, 4, passed));
  printf(" %7lu %6lu", rate(tool_value(events, "pgfault"), &faults, 1, passed), rate(tool_value(events, "pgmajfault"), &major, 1, passed));
  printf(" %8lu\n", rate(tool_value(machine, "ctxt"), &switches, 1, passed));
  fflush(stdout);
  free(memory);
  free(events);
  free(machine);
}

/* The lines of /proc/vmstat, numbers first, so that they stand under each other. */
static void totals(void) {
  char *text = proc_file("/proc/vmstat");
  for (char *line = text; *line;) {
    char *name = line, *end = line;
    while (*end && !isspace((unsigned char)*end)) end++;
    unsigned long number = strtoul(end, &line, 10);
    printf("%12lu %.*s\n", number, (int)(end - name), name);
    while (*line && *line != '\n') line++;
    line += *line == '\n';
  }
  free(text);
}

int main(int argc, char **argv) {
  int all = 0;
  tool_start(argc, argv, usage);
  for (int option; (option = tool_option(argc, argv, "s")) != -1;) {
    all = 1;
  }
  if (all) {
    totals();
    return tool_finish(0);
  }
  argc -= optind, argv += optind;
  unsigned long delay = argc > 0 ? tool_number(argv[0], 10, 86400, "delay") : 0;
  unsigned long count = argc > 1 ? tool_number(argv[1], 10, ~0UL, "count") : delay ? ~0UL : 1;
  puts("  r   b     swpd     free     anon    cache  tables     si     so  faults  major switches");
  while (count-- > 0) {
    sample();
    if (count > 0) sleep((unsigned)delay);
  }
  return tool_finish(0);
}
