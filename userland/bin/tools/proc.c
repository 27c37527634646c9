/* See proc.h. */
#include "proc.h"
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tool.h"

int proc_read(pid_t pid, struct process *to) {
  char path[32];
  snprintf(path, sizeof path, "/proc/%d/stat", pid);
  char *text = tool_read_file(path, 0);
  if (!text) return -1;
  /* The name is in parentheses and may hold any character, so the last one closes it. */
  char *name = strchr(text, '('), *close = strrchr(text, ')');
  if (!name || !close) {
    free(text);
    errno = EIO;
    return -1;
  }
  *close = 0;
  strlcpy(to->name, name + 1, sizeof to->name);
  unsigned long number[25] = {0};
  char *at = close + 3; /* past the state, which is field 3 */
  for (int field = 4; field < 25; field++) number[field] = strtoul(at, &at, 10);
  to->pid = pid;
  to->state = close[2];
  to->parent = (pid_t)number[4];
  to->group = (pid_t)number[5];
  to->session = (pid_t)number[6];
  to->tty = number[7];
  to->tty_group = (pid_t)number[8];
  to->ticks = number[14] + number[15];
  to->size = number[23];
  to->resident = number[24] * 4096;
  free(text);
  return 0;
}

unsigned long proc_swapped(pid_t pid) {
  char path[32];
  snprintf(path, sizeof path, "/proc/%d/status", pid);
  char *text = tool_read_file(path, 0);
  unsigned long kibibytes = text ? tool_value(text, "VmSwap") : 0;
  free(text);
  return kibibytes;
}

static int by_number(const void *left, const void *right) {
  return *(const pid_t *)left - *(const pid_t *)right;
}

int proc_list(pid_t **pids) {
  DIR *directory = opendir("/proc");
  if (!directory) return -1;
  int count = 0, room = 0;
  *pids = 0;
  for (struct dirent *entry; (entry = readdir(directory));) {
    if (!isdigit((unsigned char)entry->d_name[0])) continue;
    if (count == room) *pids = realloc(*pids, (size_t)(room += 64) * sizeof **pids);
    (*pids)[count++] = atoi(entry->d_name);
  }
  closedir(directory);
  qsort(*pids, (size_t)count, sizeof **pids, by_number);
  return count;
}

int proc_maps(pid_t pid, void (*visit)(const struct mapping *mapping, void *with), void *with) {
  char path[32];
  snprintf(path, sizeof path, "/proc/%d/maps", pid);
  char *text = tool_read_file(path, 0);
  if (!text) return -1;
  for (char *rest = text, *line; (line = strsep(&rest, "\n")) && *line;) {
    struct mapping mapping;
    char *at;
    mapping.start = strtoul(line, &at, 16);
    mapping.end = strtoul(at + 1, &at, 16);
    strlcpy(mapping.mode, at + 1, sizeof mapping.mode);
    mapping.offset = strtoul(at + 6, &at, 16);
    for (int field = 0; field < 2; field++) { /* the device and the inode */
      at += strspn(at, " ");
      at += strcspn(at, " ");
    }
    at += strspn(at, " ");
    strlcpy(mapping.name, at, sizeof mapping.name);
    visit(&mapping, with);
  }
  free(text);
  return 0;
}

long proc_pagemap(int fd, unsigned long page, uint64_t *to, long count) {
  ssize_t got = pread(fd, to, (size_t)count * 8, (off_t)(page * 8));
  return got < 0 ? -1 : got / 8;
}
