/* What /proc says about processes, for ps, kill, pmap and frames (proc(5)). */
#ifndef PROC_H
#define PROC_H
#include <stdint.h>
#include <sys/types.h>

struct process {
  pid_t pid, parent, group, session, tty_group;
  char state, name[32];
  unsigned long tty; /* device number, 0 for none */
  unsigned long ticks; /* user and system time, in clock ticks */
  unsigned long size, resident; /* in bytes */
};

/* Reads /proc/PID/stat. 0, or -1 and errno when there is no such process. */
int proc_read(pid_t pid, struct process *to);

/* What of a process is swapped out, in KiB, as /proc/PID/status has it; 0 when there is no such process. */
unsigned long proc_swapped(pid_t pid);

/* All process numbers, ascending, in a block of its own; -1 and errno when /proc cannot be read. */
int proc_list(pid_t **pids);

struct mapping {
  unsigned long start, end, offset;
  char mode[5]; /* "rwxp" */
  char name[108];
};

/* Calls visit for each line of /proc/PID/maps. -1 and errno when it cannot be read. */
int proc_maps(pid_t pid, void (*visit)(const struct mapping *mapping, void *with), void *with);

/* Reads `count` entries of /proc/PID/pagemap from page number `page` on; returns how many it got, or -1. `fd` is
   the open pagemap. An entry: bit 63 present, 62 swapped, 61 file or shared; bits 0 to 54 the frame number. */
long proc_pagemap(int fd, unsigned long page, uint64_t *to, long count);
#define PAGEMAP_PRESENT (1UL << 63)
#define PAGEMAP_SWAPPED (1UL << 62)
#define PAGEMAP_FRAME(entry) ((entry) & ((1UL << 55) - 1))

#endif
