/* pmap: the address space of a process, mapping by mapping, and with -f page by page with its frames. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tools/proc.h"
#include "tools/tool.h"

static const char usage[] =
    "pmap [-f] [-x] PID...\n"
    "Shows what a process has mapped: address, size and resident part in KiB, permissions (p private,\n"
    "s shared), and the file.\n"
    "  -f  also the frame behind each resident page, and which pages are swapped out\n"
    "  -x  also how much of each mapping is swapped out\n";

static int show_frames, show_swap, pagemap;
static unsigned long total_size, total_resident, total_swapped;

/* Sizes in KiB. */
static void put_sizes(unsigned long size, unsigned long resident, unsigned long swapped) {
  printf(" %7luK %7luK", size, resident);
  if (show_swap) printf(" %7luK", swapped);
}

static void put(const struct mapping *mapping, void *with) {
  uint64_t entries[128];
  unsigned long first = mapping->start / 4096, end = mapping->end / 4096, resident = 0, swapped = 0;
  int again = *(int *)with; /* 0: sizes of the line, 1: the pages under it */
  for (unsigned long at = first; at < end;) {
    long wanted = end - at < 128 ? (long)(end - at) : 128;
    long got = proc_pagemap(pagemap, at, entries, wanted);
    if (got <= 0) break;
    for (long i = 0; i < got; i++) {
      unsigned long address = (at + (unsigned long)i) * 4096;
      if (entries[i] & PAGEMAP_PRESENT) {
        resident++;
        if (again) printf("    0x%010lx  frame %lu\n", address, PAGEMAP_FRAME(entries[i]));
      } else if (entries[i] & PAGEMAP_SWAPPED) {
        swapped++;
        if (again) printf("    0x%010lx  swapped out\n", address);
      }
    }
    at += (unsigned long)got;
  }
  if (again) return;
  const char *name = *mapping->name ? mapping->name : "[ anonymous ]";
  printf("0x%010lx", mapping->start);
  put_sizes((mapping->end - mapping->start) / 1024, resident * 4, swapped * 4);
  printf(" %s  %s\n", mapping->mode, name);
  total_size += (mapping->end - mapping->start) / 1024;
  total_resident += resident * 4;
  total_swapped += swapped * 4;
  if (show_frames && resident + swapped > 0) {
    int pages = 1;
    put(mapping, &pages);
  }
}

static int show(const char *text) {
  pid_t pid = (pid_t)tool_number(text, 10, 1 << 22, "process number");
  struct process process;
  char path[32];
  int line = 0;
  snprintf(path, sizeof path, "/proc/%d/pagemap", pid);
  if (proc_read(pid, &process) < 0 || (pagemap = open(path, O_RDONLY)) < 0) return tool_failed(text);
  printf("%d:   %s\n", pid, process.name);
  printf("ADDRESS          SIZE     RSS%s PERM  MAPPING\n", show_swap ? "     SWAP" : "");
  total_size = total_resident = total_swapped = 0;
  if (proc_maps(pid, put, &line) < 0) return tool_failed(text);
  printf("%-12s", "total");
  put_sizes(total_size, total_resident, total_swapped);
  putchar('\n');
  close(pagemap);
  return 0;
}

int main(int argc, char **argv) {
  int status = 0;
  tool_start(argc, argv, usage);
  for (int option; (option = tool_option(argc, argv, "fx")) != -1;) {
    if (option == 'f') show_frames = 1;
    else if (option == 'x') show_swap = 1;
    else if (option == '?') tool_bad_usage();
  }
  if (optind == argc) {
    tool_complain("which process?");
    tool_bad_usage();
  }
  for (; optind < argc; optind++) status |= show(argv[optind]);
  return tool_finish(status);
}
