/* What top's picture is made of; top.c says when it is drawn, and obeys keys. */
#ifndef TOP_H
#define TOP_H
#include "proc.h"

struct row {
  struct process process;
  unsigned uid;
  unsigned long used; /* ticks since the sample before, or since the process began */
  unsigned long swapped; /* KiB */
};

enum { CPU_TIMES = 8 }; /* user, nice, system, idle, iowait, irq, softirq, steal: the order of /proc/stat */

struct sample {
  struct row *rows;
  int count;
  unsigned long times[CPU_TIMES]; /* ticks since the sample before */
  unsigned long passed;           /* hundredths of a second since then */
};

/* The processes that top shows, comma-separated; null for all. */
extern const char *top_pids;

/* What P, M, T and N order by; `top_reversed` turns it around. */
extern char top_order;
extern int top_reversed;

/* Whether it is text for a file, not a screen's picture. */
extern int top_is_plain;

/* Whether the column COMMAND shows arguments. */
extern int top_arguments;

/* Looks at the machine, and counts since it was called last; the first time, since boot. */
void top_take(struct sample *to);

void top_sort(struct sample *sample);

/* Draws what was taken; a message takes the empty row above the columns' headings. */
void top_draw(const struct sample *sample, const char *message);

/* One row of a screen, cut to its width, and what was there before erased. */
void top_put_row(int row, const char *text);

#endif
