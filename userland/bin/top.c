/* top: the processes that use the machine most, again and again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "tools/proc.h"
#include "tools/screen.h"
#include "tools/tool.h"

static const char usage[] =
    "top [-b] [-n TIMES] [-d SECONDS] [-m]\n"
    "Shows the processes that use most processor time, every two seconds. -b: as plain text, -m: those with most memory first.\n"
    "Keys: P by processor, M by memory, N by number, space at once, q ends.\n";

struct row {
  struct process process;
  unsigned long used; /* ticks since the picture before */
  unsigned long swapped;
};

struct seen {
  pid_t pid;
  unsigned long ticks;
};

static struct seen *seen;
static int seen_count;
static char order = 'P';
static int plain;

static int compare(const void *left, const void *right) {
  const struct row *a = left, *b = right;
  unsigned long x = order == 'M' ? a->process.resident : a->used, y = order == 'M' ? b->process.resident : b->used;
  if (order != 'N' && x != y) return x < y ? 1 : -1;
  return a->process.pid - b->process.pid;
}

static unsigned long ticks_before(const struct process *p) {
  for (int i = 0; i < seen_count; i++)
    if (seen[i].pid == p->pid && seen[i].ticks <= p->ticks) return seen[i].ticks;
  return 0;
}

static struct row *sample(int *count) {
  pid_t *pids;
  int all = proc_list(&pids);
  if (all < 0) exit(tool_failed("/proc"));
  struct row *rows = calloc((size_t)all + 1, sizeof *rows);
  struct seen *now = calloc((size_t)all + 1, sizeof *now);
  if (!rows || !now) exit(tool_failed("calloc"));
  *count = 0;
  for (int i = 0; i < all; i++) {
    struct row *r = &rows[*count];
    if (proc_read(pids[i], &r->process) < 0) continue;
    r->used = r->process.ticks - ticks_before(&r->process);
    r->swapped = proc_swapped(pids[i]);
    now[(*count)++] = (struct seen){pids[i], r->process.ticks};
  }
  free(pids);
  free(seen);
  seen = now;
  seen_count = *count;
  qsort(rows, (size_t)*count, sizeof *rows, compare);
  return rows;
}

static unsigned long hundredths(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (unsigned long)now.tv_sec * 100 + (unsigned long)now.tv_nsec / 10000000;
}

static void end_row(void) { puts(plain ? "" : "\033[K"); }

static void head(int count, const struct row *rows) {
  int running = 0, sleeping = 0, stopped = 0, zombies = 0;
  for (int i = 0; i < count; i++) {
    char state = rows[i].process.state;
    *(state == 'R' ? &running : state == 'T' || state == 't' ? &stopped : state == 'Z' ? &zombies : &sleeping) += 1;
  }
  char *load = tool_read_file("/proc/loadavg", 0), *memory = tool_read_file("/proc/meminfo", 0);
  char *up = tool_read_file("/proc/uptime", 0);
  long seconds = up ? atol(up) : 0;
  printf("top - up %ld:%02ld:%02ld, load average: %.*s", seconds / 3600, seconds / 60 % 60, seconds % 60, load ? (int)strcspn(load, "/") - 2 : 0, load ? load : "");
  end_row();
  printf("Tasks: %d total, %d running, %d sleeping, %d stopped, %d zombie", count, running, sleeping, stopped, zombies);
  end_row();
  if (memory) {
    printf("KiB Mem:  %8lu total, %8lu free, %8lu cached", tool_value(memory, "MemTotal"), tool_value(memory, "MemFree"), tool_value(memory, "Cached"));
    end_row();
    printf("KiB Swap: %8lu total, %8lu free", tool_value(memory, "SwapTotal"), tool_value(memory, "SwapFree"));
    end_row();
  }
  end_row();
  free(load);
  free(memory);
  free(up);
}

/* Of the picture's width; the rest of a long name is not of interest. */
static void show(unsigned long passed) {
  int count;
  struct row *rows = sample(&count);
  long per_second = sysconf(_SC_CLK_TCK);
  char *memory = tool_read_file("/proc/meminfo", 0);
  unsigned long total = memory ? tool_value(memory, "MemTotal") : 0;
  free(memory);
  if (!plain) screen_move(0, 0);
  head(count, rows);
  printf(plain ? "%s\n" : "\033[7m%s\033[m\033[K\n", "  PID  PPID S  %CPU  %MEM     RES    SWAP     TIME+ COMMAND");
  for (int i = 0; i < count && (plain || i + 7 < screen_rows); i++) {
    const struct process *p = &rows[i].process;
    /* in tenths of a percent */
    unsigned long cpu = passed ? rows[i].used * 100000 / (unsigned long)per_second / passed : 0;
    unsigned long part = total ? p->resident / 1024 * 1000 / total : 0;
    unsigned long time = p->ticks * 100 / (unsigned long)per_second;
    printf("%5d %5d %c %3lu.%lu %3lu.%lu %7lu %7lu %3lu:%02lu.%02lu %.*s", p->pid, p->parent, p->state, cpu / 10, cpu % 10, part / 10, part % 10,
           p->resident / 1024, rows[i].swapped, time / 6000, time / 100 % 60, time % 100, plain || screen_columns < 60 ? 32 : screen_columns - 58, p->name);
    if (!plain && i + 8 >= screen_rows) fputs("\033[K", stdout); /* the last row: a newline would scroll */
    else end_row();
  }
  if (!plain) fputs("\033[J", stdout);
  fflush(stdout);
  free(rows);
}

int main(int argc, char **argv) {
  unsigned long times = ~0UL, delay = 2;
  tool_start(argc, argv, usage);
  for (int option; (option = tool_option(argc, argv, "bmn:d:")) != -1;) {
    switch (option) {
      case 'b': plain = 1; break;
      case 'm': order = 'M'; break;
      case 'n': times = tool_number(optarg, 10, ~0UL, "number of times"); break;
      case 'd': delay = tool_number(optarg, 10, 86400, "delay"); break;
    }
  }
  if (!plain && screen_open() < 0) return tool_failed("/dev/tty");
  if (!plain) fputs("\033[?25l", stdout);
  /* The first picture says what was used since each process began. */
  for (unsigned long last = hundredths(), passed = 0; times > 0; times--) {
    char *up = passed ? 0 : tool_read_file("/proc/uptime", 0);
    if (up) passed = (unsigned long)atol(up) * 100 + 1;
    free(up);
    show(passed);
    if (times == 1) break;
    if (plain) {
      sleep((unsigned)delay);
      puts("");
    } else {
      int key = screen_key((int)delay * 1000);
      if (key == 'q' || key == CONTROL('C') || key == KEY_NO_MORE) break;
      if (key == 'P' || key == 'M' || key == 'N') order = (char)key;
    }
    unsigned long now = hundredths();
    passed = now > last ? now - last : 1;
    last = now;
  }
  screen_close();
  return 0;
}
