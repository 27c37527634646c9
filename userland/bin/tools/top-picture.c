/* See top.h: how a sample looks. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include "file.h"
#include "screen.h"
#include "tool.h"
#include "top.h"

int top_is_plain, top_arguments;

enum { HEAD_ROWS = 7 };

/* As much of a text as fits; then `fill` puts spaces up to the width, so that a bar has no ragged end. */
static void put_cut(const char *text, int fill) {
  int column = 0;
  for (size_t at = 0, size = strlen(text); at < size;) {
    unsigned c;
    int bytes = screen_decode(text + at, size - at, &c), width = screen_width(c, column);
    if (!top_is_plain && column + width > screen_columns) break;
    screen_put(text + at, bytes, c, column);
    column += width;
    at += (size_t)bytes;
  }
  if (fill && column < screen_columns) printf("%*s", screen_columns - column, "");
}

/* The last row's end is no newline, which would scroll. */
void top_put_row(int row, const char *text) {
  if (!top_is_plain) {
    screen_move(row, 0);
    fputs("\033[K", stdout);
  }
  put_cut(text, 0);
  if (top_is_plain) putchar('\n');
}

static void put_heading(int row, const char *text) {
  if (top_is_plain) return top_put_row(row, text);
  screen_move(row, 0);
  fputs("\033[7m", stdout);
  put_cut(text, 1);
  fputs("\033[m", stdout);
}

/* "up 3 min", "up 2:07", "up 1 day, 2:07", as uptime has it. */
static void since_boot(char *to, size_t size) {
  char *up = tool_read_file("/proc/uptime", 0);
  unsigned long seconds = up ? strtoul(up, 0, 10) : 0, days = seconds / 86400;
  free(up);
  if (days) to += snprintf(to, size, "%lu day%s, ", days, days == 1 ? "" : "s");
  if (seconds % 86400 >= 3600) snprintf(to, 16, "%lu:%02lu", seconds / 3600 % 24, seconds / 60 % 60);
  else snprintf(to, 16, "%lu min", seconds / 60 % 60);
}

static void put_summary(const struct sample *sample) {
  char text[200], now[16], up[64], shares[CPU_TIMES][8];
  time_t time_now = time(0);
  int running = 0, sleeping = 0, stopped = 0, zombies = 0;
  unsigned long all = 0;
  strftime(now, sizeof now, "%H:%M:%S", localtime(&time_now));
  since_boot(up, sizeof up);
  char *load = tool_read_file("/proc/loadavg", 0);
  snprintf(text, sizeof text, "top - %s up %s, %s: %.4s, %.4s, %.4s", now, up, !top_is_plain && screen_columns < 64 ? "load" : "load average",
           load ? load : "", load ? load + 5 : "", load ? load + 10 : "");
  free(load);
  top_put_row(0, text);
  for (int i = 0; i < sample->count; i++) {
    char state = sample->rows[i].process.state;
    *(state == 'R' ? &running : state == 'T' || state == 't' ? &stopped : state == 'Z' ? &zombies : &sleeping) += 1;
  }
  snprintf(text, sizeof text, "Tasks: %3d total, %3d running, %3d sleeping, %3d stopped, %3d zombie", sample->count, running, sleeping, stopped, zombies);
  top_put_row(1, text);
  for (int i = 0; i < CPU_TIMES; i++) all += sample->times[i];
  for (int i = 0; i < CPU_TIMES; i++) {
    unsigned long share = all ? (sample->times[i] * 1000 + all / 2) / all : 0;
    snprintf(shares[i], sizeof shares[i], share < 1000 ? "%2lu.%lu" : "%lu.%lu", share / 10, share % 10);
  }
  snprintf(text, sizeof text, "%%Cpu(s): %s us, %s sy, %s ni, %s id, %s wa, %s hi, %s si, %s st", shares[0], shares[2], shares[1], shares[3],
           shares[4], shares[5], shares[6], shares[7]);
  top_put_row(2, text);
}

static void put_memory(const char *memory) {
  char text[200];
  unsigned long total = tool_value(memory, "MemTotal"), unused = tool_value(memory, "MemFree"), available = tool_value(memory, "MemAvailable");
  unsigned long cache = tool_value(memory, "Buffers") + tool_value(memory, "Cached") + tool_value(memory, "SReclaimable");
  unsigned long swap = tool_value(memory, "SwapTotal"), swap_free = tool_value(memory, "SwapFree");
  if (top_is_plain || screen_columns >= 80) {
    snprintf(text, sizeof text, "KiB Mem : %8lu total, %8lu free, %8lu used, %8lu buff/cache", total, unused, total - available, cache);
    top_put_row(3, text);
    snprintf(text, sizeof text, "KiB Swap: %8lu total, %8lu free, %8lu used. %8lu avail Mem", swap, swap_free, swap - swap_free, available);
  } else {
    snprintf(text, sizeof text, "KiB Mem : %lu total, %lu free, %lu used", total, unused, total - available);
    top_put_row(3, text);
    snprintf(text, sizeof text, "KiB Swap: %lu total, %lu free, %lu used", swap, swap_free, swap - swap_free);
  }
  top_put_row(4, text);
}

static void name_of(const struct process *p, char *to, size_t size) {
  char path[32];
  size_t length = 0;
  snprintf(path, sizeof path, "/proc/%d/cmdline", p->pid);
  char *text = top_arguments ? tool_read_file(path, &length) : 0;
  for (size_t i = 0; i + 1 < length; i++)
    if (!text[i]) text[i] = ' ';
  if (length) snprintf(to, size, "%s", text);
  else snprintf(to, size, top_arguments ? "[%s]" : "%s", p->name);
  free(text);
}

/* How much of a process there is room for: all, without parent, user and size, or what a telephone can show. */
enum width { ALL, NARROW, NARROWEST };

static void put_process(int row, const struct sample *sample, const struct row *r, unsigned long total, enum width width) {
  const struct process *p = &r->process;
  char text[600], name[400];
  unsigned long per_second = (unsigned long)sysconf(_SC_CLK_TCK);
  unsigned long cpu = r->used * 100000 / per_second / sample->passed; /* in tenths of a percent */
  if (cpu > 1000) cpu = 1000; /* there is one processor; its ticks and the clock are not read at once */
  unsigned long part = total ? (p->resident / 1024 * 1000 + total / 2) / total : 0, time = p->ticks * 100 / per_second;
  const char *user = file_owner(r->uid, 0);
  char number[12], shares[40], duration[24], amounts[64];
  snprintf(number, sizeof number, "%u", r->uid);
  snprintf(duration, sizeof duration, "%3lu:%02lu.%02lu", time / 6000, time / 100 % 60, time % 100);
  snprintf(shares, sizeof shares, width == NARROWEST ? "%3lu.%lu" : "%3lu.%lu %3lu.%lu", cpu / 10, cpu % 10, part / 10, part % 10);
  name_of(p, name, sizeof name);
  if (width == NARROWEST) {
    snprintf(text, sizeof text, "%5d %c %s %7lu %s %s", p->pid, p->state, shares, p->resident / 1024, duration, name);
  } else {
    snprintf(amounts, sizeof amounts, "%7lu %7lu", p->resident / 1024, r->swapped);
    if (width == NARROW) snprintf(text, sizeof text, "%5d %c %s %s %s %s", p->pid, p->state, shares, amounts, duration, name);
    else
      snprintf(text, sizeof text, "%5d %5d %-8.8s %c %s %7lu %s %s %s", p->pid, p->parent, user ? user : number, p->state, shares, p->size / 1024, amounts,
               duration, name);
  }
  top_put_row(row, text);
}

void top_draw(const struct sample *sample, const char *message) {
  static const char *const headings[] = {"  PID  PPID USER     S  %CPU  %MEM    VIRT     RES    SWAP     TIME+ COMMAND",
                                         "  PID S  %CPU  %MEM     RES    SWAP     TIME+ COMMAND", "  PID S  %CPU     RES     TIME+ COMMAND"};
  enum width width = top_is_plain || screen_columns >= 80 ? ALL : screen_columns >= 53 ? NARROW : NARROWEST;
  char *memory = tool_read_file("/proc/meminfo", 0);
  unsigned long total = memory ? tool_value(memory, "MemTotal") : 0;
  if (!top_is_plain) fputs("\033[?25l", stdout);
  put_summary(sample);
  if (memory) put_memory(memory);
  free(memory);
  top_put_row(5, message ? message : "");
  put_heading(6, headings[width]);
  for (int i = 0; i < sample->count && (top_is_plain || i + HEAD_ROWS < screen_rows); i++)
    put_process(i + HEAD_ROWS, sample, &sample->rows[i], total, width);
  if (!top_is_plain && sample->count + HEAD_ROWS < screen_rows) {
    screen_move(sample->count + HEAD_ROWS, 0);
    fputs("\033[J", stdout);
  }
  fflush(stdout);
}
