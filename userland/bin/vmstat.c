/* vmstat: what the memory did, from /proc/vmstat, /proc/meminfo and /proc/stat; with DELAY again and again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tools/tool.h"

/* The number after `name` at the start of a line of a file of /proc; 0 when there is none. */
static unsigned long value(const char *text, const char *name) {
  size_t size = strlen(name);
  for (const char *line = text; line && *line; line += strcspn(line, "\n"), line += *line == '\n')
    if (strncmp(line, name, size) == 0 && (line[size] == ' ' || line[size] == ':'))
      return strtoul(line + size + 1, 0, 10);
  return 0;
}

static unsigned long before[4];

static int sample(void) {
  static const char *const counters[] = {"pgfault", "pgmajfault", "pswpin", "pswpout"};
  char *memory = tool_read_file("/proc/meminfo", 0), *events = tool_read_file("/proc/vmstat", 0);
  char *machine = tool_read_file("/proc/stat", 0);
  if (!memory || !events || !machine) return tool_failed("/proc");
  static unsigned long switches_before;
  unsigned long switches = value(machine, "ctxt");
  printf("%3lu %3lu %8lu %8lu %8lu %8lu", value(machine, "procs_running"), value(machine, "procs_blocked"),
         value(memory, "MemFree"), value(memory, "AnonPages"), value(memory, "Cached"), value(memory, "PageTables"));
  for (int i = 0; i < 4; i++) {
    unsigned long now = value(events, counters[i]);
    printf(i < 2 ? " %8lu" : " %6lu", now - before[i]);
    before[i] = now;
  }
  printf(" %8lu\n", switches - switches_before);
  switches_before = switches;
  fflush(stdout);
  free(memory);
  free(events);
  free(machine);
  return 0;
}

int main(int argc, char **argv) {
  tool_start(argc, argv, "vmstat [DELAY [COUNT]]\nShows processes running and blocked, memory in KiB, and since boot (then since the line before): page\nfaults, major ones, pages swapped in and out, context switches.\n");
  unsigned long delay = argc > 1 ? tool_number(argv[1], 10, 86400, "delay") : 0;
  unsigned long count = argc > 2 ? tool_number(argv[2], 10, ~0UL, "count") : delay ? ~0UL : 1;
  puts("  r   b     free     anon    cache   tables   faults    major     si     so switches");
  while (count-- > 0) {
    if (sample()) return 1;
    if (count > 0) sleep((unsigned)delay);
  }
  return tool_finish(0);
}
