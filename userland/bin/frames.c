/* frames: who maps which frame of physical memory. For every process it reads the list of mappings
   (/proc/PID/maps) and of page-table entries (/proc/PID/pagemap), and turns page → frame around to frame → pages;
   /proc/kpagecount and /proc/kpageflags say how often a frame is mapped and what it is used for. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tools/colour.h"
#include "tools/proc.h"
#include "tools/tool.h"

static const char usage[] =
    "frames [-s] [-a] [-n] [-p PID,...] [--color=WHEN] [FRAME...]\n"
    "Shows each mapped frame: its number, how many page-table entries map it, what it holds, and the\n"
    "pages that map it as PID:ADDRESS.\n"
    "  -s  only frames that more than one page maps\n"
    "  -a  also frames that no process maps\n"
    "  -p  only frames that one of these processes maps\n"
    "  -n  only the totals\n"
    "Frames given by number are shown alone. --color: always, never, or auto (on a terminal, unless NO_COLOR is set).\n";

/* One page of one process, and the frame behind it. */
struct page {
  uint64_t frame;
  unsigned long address;
  pid_t pid;
};
static struct page *pages;
static size_t page_count, page_room;

static pid_t reading_pid;
static int reading_pagemap;

static void add_mapping(const struct mapping *mapping, void *with) {
  uint64_t entries[128];
  unsigned long at = mapping->start / 4096, end = mapping->end / 4096;
  (void)with;
  while (at < end) {
    long wanted = end - at < 128 ? (long)(end - at) : 128;
    long got = proc_pagemap(reading_pagemap, at, entries, wanted);
    if (got <= 0) return;
    for (long i = 0; i < got; i++) {
      if (!(entries[i] & PAGEMAP_PRESENT)) continue;
      if (page_count == page_room) {
        page_room = page_room ? page_room * 2 : 512;
        pages = realloc(pages, page_room * sizeof *pages);
        if (!pages) exit(tool_failed("frames"));
      }
      struct page page = {PAGEMAP_FRAME(entries[i]), (at + (unsigned long)i) * 4096, reading_pid};
      pages[page_count++] = page;
    }
    at += (unsigned long)got;
  }
}

static int by_frame(const void *left, const void *right) {
  const struct page *l = left, *r = right;
  if (l->frame != r->frame) return l->frame < r->frame ? -1 : 1;
  if (l->pid != r->pid) return l->pid - r->pid;
  return l->address < r->address ? -1 : l->address > r->address;
}

/* One u64 for each frame, from /proc/kpagecount or /proc/kpageflags. */
static uint64_t *read_table(const char *path, size_t *count) {
  size_t size;
  char *text = tool_read_file(path, &size);
  if (!text) exit(tool_failed(path));
  *count = size / 8;
  return (uint64_t *)text;
}

/* Bits of /proc/kpageflags (Linux's include/uapi/linux/kernel-page-flags.h). */
enum { BUDDY = 10, ANONYMOUS = 12, SWAP_CACHE = 13, SWAP_BACKED = 14, ZERO_PAGE = 24, PAGE_TABLE = 26, RESERVED = 32 };
enum { FREE, ANON, COW, SHMEM, FILE_PAGE, TABLE, KERNEL, KINDS };
static const char *const kinds[KINDS] = {"free", "anon", "anon, cow", "shared", "file", "page table", "kernel"};

/* What is shared meets the eye. */
static const char *const kind_colours[KINDS] = {COLOUR_DIM, COLOUR_GOOD, COLOUR_SHARED, COLOUR_SHARED, 0, COLOUR_CAREFUL, COLOUR_DIM};

static int kind_of(uint64_t flags, uint64_t count) {
#define HAS(bit) (flags >> (bit)&1)
  if (HAS(BUDDY)) return FREE;
  if (HAS(PAGE_TABLE)) return TABLE;
  if (HAS(RESERVED) || HAS(ZERO_PAGE)) return KERNEL;
  if (HAS(ANONYMOUS)) return count > 1 ? COW : ANON;
  if (HAS(SWAP_BACKED)) return SHMEM;
  return count > 0 || flags != 0 ? FILE_PAGE : KERNEL;
}

static int named(char **list, int count, uint64_t frame) {
  for (int i = 0; i < count; i++)
    if (tool_number(list[i], 0, ~0UL, "frame") == frame) return 1;
  return count == 0;
}

static int listed(const char *pids, pid_t pid) {
  for (const char *at = pids; *at;) {
    char *end;
    if (strtol(at, &end, 10) == pid) return 1;
    if (end == at) break;
    at = *end ? end + 1 : end;
  }
  return 0;
}

int main(int argc, char **argv) {
  int shared_only = 0, all = 0, totals_only = 0;
  static const struct option longs[] = {{"color", 2, 0, 'c'}, {"colour", 2, 0, 'c'}, {0, 0, 0, 0}};
  const char *only = 0, *when = 0;
  tool_start(argc, argv, usage);
  for (int option; (option = getopt_long(argc, argv, "sanp:", longs, 0)) != -1;) {
    switch (option) {
      case 's': shared_only = 1; break;
      case 'a': all = 1; break;
      case 'n': totals_only = 1; break;
      case 'p': only = optarg; break;
      case 'c': when = optarg ? optarg : "always"; break;
      default: tool_bad_usage();
    }
  }

  int colours = colour_wanted(when);
  pid_t *pids;
  int processes = proc_list(&pids), looked_at = 0;
  if (processes < 0) return tool_failed("/proc");
  for (int i = 0; i < processes; i++) {
    char path[32];
    snprintf(path, sizeof path, "/proc/%d/pagemap", reading_pid = pids[i]);
    reading_pagemap = open(path, O_RDONLY);
    if (reading_pagemap < 0) continue; /* it ended meanwhile, or is not ours to read */
    if (proc_maps(pids[i], add_mapping, 0) == 0) looked_at++;
    close(reading_pagemap);
  }
  qsort(pages, page_count, sizeof *pages, by_frame);

  size_t frames, flag_count;
  uint64_t *counts = read_table("/proc/kpagecount", &frames);
  uint64_t *flags = read_table("/proc/kpageflags", &flag_count);
  size_t totals[KINDS] = {0}, shared = 0, page = 0;
  if (flag_count < frames) frames = flag_count;
  if (!totals_only) {
    colour_put(colours, COLOUR_HEADING, 0, "FRAME  REFS  KIND        MAPPED BY");
    putchar('\n');
  }
  for (uint64_t frame = 0; frame < frames; frame++) {
    while (page < page_count && pages[page].frame < frame) page++;
    size_t end = page;
    while (end < page_count && pages[end].frame == frame) end++;
    int kind = kind_of(flags[frame], counts[frame]);
    totals[kind]++;
    if (counts[frame] > 1) shared++;

    int show = !totals_only && named(argv + optind, argc - optind, frame);
    if (shared_only && counts[frame] < 2) show = 0;
    if (!all && optind == argc && end == page) show = 0;
    if (only) {
      int any = 0;
      for (size_t i = page; i < end; i++) any |= listed(only, pages[i].pid);
      show &= any;
    }
    if (show) {
      printf("%5lu %5lu  ", frame, counts[frame]);
      colour_put(colours, kind_colours[kind], -10, kinds[kind]);
      for (size_t i = page; i < end; i++) printf("  %d:0x%lx", pages[i].pid, pages[i].address);
      putchar('\n');
    }
    page = end;
  }
  printf("%zu frames:", frames);
  for (int kind = FREE; kind < KINDS; kind++)
    if (totals[kind] > 0) printf(" %zu %s%s", totals[kind], kinds[kind], kind == KERNEL ? "" : ";");
  printf("\n%zu frames are mapped more than once; %d processes looked at\n", shared, looked_at);
  return tool_finish(0);
}
