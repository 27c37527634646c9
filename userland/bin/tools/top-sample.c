/* See top.h: what top knows of the machine at a moment (proc_pid_stat(5), proc_stat(5)). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include "tool.h"
#include "top.h"

const char *top_pids;
char top_order = 'P';
int top_reversed;

/* The processes of the sample before, ascending. */
static struct seen {
  pid_t pid;
  unsigned long ticks;
} *seen;
static int seen_count;

static int by_order(const void *left, const void *right) {
  const struct row *a = left, *b = right;
  unsigned long x = a->used, y = b->used;
  if (top_order == 'M') x = a->process.resident, y = b->process.resident;
  if (top_order == 'T') x = a->process.ticks, y = b->process.ticks;
  if (top_order == 'N') x = (unsigned long)a->process.pid, y = (unsigned long)b->process.pid;
  int order = x != y ? (x < y ? 1 : -1) : a->process.pid - b->process.pid;
  return top_reversed ? -order : order;
}

static int by_pid(const void *left, const void *right) { return ((const struct seen *)left)->pid - ((const struct seen *)right)->pid; }

/* A number that was used again has fewer ticks than its former owner. */
static unsigned long ticks_before(const struct process *p) {
  struct seen wanted = {p->pid, 0};
  const struct seen *found = seen_count ? bsearch(&wanted, seen, (size_t)seen_count, sizeof *seen, by_pid) : 0;
  return found && found->ticks <= p->ticks ? found->ticks : 0;
}

static int is_wanted(pid_t pid) {
  if (!top_pids) return 1;
  for (const char *at = top_pids; *at;) {
    char *end;
    if (strtol(at, &end, 10) == pid) return 1;
    at = *end ? end + 1 : end;
  }
  return 0;
}

static void take_times(struct sample *to) {
  static unsigned long before[CPU_TIMES], time_before;
  char *text = tool_read_file("/proc/stat", 0), *at = text ? text + strcspn(text, " ") : 0;
  for (int i = 0; i < CPU_TIMES; i++) {
    unsigned long now = at ? strtoul(at, &at, 10) : 0;
    to->times[i] = now - before[i];
    before[i] = now;
  }
  free(text);
  char *up = tool_read_file("/proc/uptime", 0), *point = up;
  unsigned long now = up ? strtoul(up, &point, 10) * 100 : 0;
  if (up) now += strtoul(point + 1, 0, 10);
  to->passed = now > time_before ? now - time_before : 1;
  time_before = now;
  free(up);
}

void top_take(struct sample *to) {
  pid_t *pids;
  int all = proc_list(&pids);
  if (all < 0) exit(tool_failed("/proc"));
  struct row *rows = calloc((size_t)all + 1, sizeof *rows);
  struct seen *now = calloc((size_t)all + 1, sizeof *now);
  if (!rows || !now) exit(tool_failed("calloc"));
  free(to->rows);
  *to = (struct sample){.rows = rows};
  take_times(to);
  for (int i = 0; i < all; i++) {
    struct row *r = &rows[to->count];
    struct stat s = {0};
    char path[32];
    if (!is_wanted(pids[i]) || proc_read(pids[i], &r->process) < 0) continue;
    snprintf(path, sizeof path, "/proc/%d", pids[i]);
    stat(path, &s);
    r->uid = s.st_uid;
    r->used = r->process.ticks - ticks_before(&r->process);
    r->swapped = proc_swapped(pids[i]);
    now[to->count++] = (struct seen){pids[i], r->process.ticks};
  }
  free(pids);
  free(seen);
  seen = now;
  seen_count = to->count;
  top_sort(to);
}

void top_sort(struct sample *sample) { qsort(sample->rows, (size_t)sample->count, sizeof *sample->rows, by_order); }
