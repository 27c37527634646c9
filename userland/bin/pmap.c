/* pmap: the address space of a process, mapping by mapping, as procps's; and with -f page by page with its frames. */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tools/proc.h"
#include "tools/smaps.h"
#include "tools/tool.h"

static const char usage[] =
    "pmap [-dfpqxX] [-A LOW[,HIGH]] PID...\n"
    "Shows what a process has mapped: address, KiB, mode (s: shared), and the file. Swap is in -X and -f.\n"
    "  -x  also how much of it is in RAM, and how much of that was written to   -d  offset and device\n"
    "  -X  more of what /proc/PID/smaps says, -XX all of it                     -p  paths, not names\n"
    "  -f  below each mapping the frames behind its pages, and which pages are swapped out\n"
    "  -q  no headings and sums   -A  only from LOW to HIGH (hexadecimal)\n";

static int extended, devices, frames, quiet, paths, everything;
static unsigned long low, high = ~0UL;
static int pagemap;

static const char *name_of(const struct smaps *m) {
  if (strcmp(m->name, "[stack]") == 0) return "  [ stack ]";
  if (*m->name != '/') return "  [ anon ]";
  return paths ? m->name : strrchr(m->name, '/') + 1;
}

/* The frames of a mapping, from /proc/PID/pagemap. */
static void put_frames(const struct smaps *m) {
  uint64_t entries[128];
  for (unsigned long at = m->start / 4096, end = m->end / 4096; at < end;) {
    long wanted = end - at < 128 ? (long)(end - at) : 128, got = proc_pagemap(pagemap, at, entries, wanted);
    if (got <= 0) break;
    for (long i = 0; i < got; i++) {
      unsigned long address = (at + (unsigned long)i) * 4096;
      if (entries[i] & PAGEMAP_PRESENT) printf("    0x%010lx  frame %lu\n", address, PAGEMAP_FRAME(entries[i]));
      else if (entries[i] & PAGEMAP_SWAPPED) printf("    0x%010lx  swapped out\n", address);
    }
    at += (unsigned long)got;
  }
}

static void put(const struct smaps *m) {
  char mode[6] = {m->mode[0], m->mode[1], m->mode[2], m->mode[3] == 's' ? 's' : '-', '-', 0};
  unsigned long size = (m->end - m->start) / 1024;
  if (extended)
    printf("%016lx %7lu %7lu %7lu %s %s\n", m->start, size, smaps_value(m, "Rss"), smaps_value(m, "Shared_Dirty") + smaps_value(m, "Private_Dirty"), mode, name_of(m));
  else if (devices)
    printf("%016lx %7lu %s %016lx %03x:%05x %s\n", m->start, size, mode, m->offset, m->major, m->minor, name_of(m));
  else
    printf("%016lx %6luK %s %s\n", m->start, size, mode, name_of(m));
  if (frames) put_frames(m);
}

/* What -X leaves to -XX. */
static int is_detail(const char *name) {
  static const char *const details[] = {"KernelPageSize", "MMUPageSize", "Shared_Clean", "Shared_Dirty", "Private_Clean", "Private_Dirty", "AnonHugePages"};
  for (size_t at = 0; at < sizeof details / sizeof *details; at++)
    if (strcmp(details[at], name) == 0) return 1;
  return 0;
}

/* -X: each column as wide as its widest number, or its name. */
static void put_everything(const struct smaps *maps, size_t count) {
  enum { MOST = 32 };
  unsigned long sums[MOST] = {0};
  int widths[MOST], inodes = 5, used[MOST];
  size_t names = 0;
  for (size_t i = 0; count && i < maps[0].count && names < MOST; i++)
    if (everything > 1 || !is_detail(maps[0].values[i].name)) used[names++] = (int)i;
  for (size_t i = 0; i < names; i++) {
    const char *name = maps[0].values[used[i]].name;
    char text[24];
    for (size_t at = 0; at < count; at++) sums[i] += smaps_value(&maps[at], name);
    widths[i] = snprintf(text, sizeof text, "%lu", sums[i]);
    if ((int)strlen(name) > widths[i]) widths[i] = (int)strlen(name);
  }
  for (size_t at = 0; at < count; at++) {
    char text[24];
    int width = snprintf(text, sizeof text, "%lu", maps[at].inode);
    if (width > inodes) inodes = width;
  }
  if (!quiet) {
    printf("%16s %s %8s %6s %*s", "Address", "Perm", "Offset", "Device", inodes, "Inode");
    for (size_t i = 0; i < names; i++) printf(" %*s", widths[i], maps[0].values[used[i]].name);
    puts(" Mapping");
  }
  for (size_t at = 0; at < count; at++) {
    const struct smaps *m = &maps[at];
    printf("%16lx %s %08lx %3.2x:%02x %*lu", m->start, m->mode, m->offset, m->major, m->minor, inodes, m->inode);
    for (size_t i = 0; i < names; i++) printf(" %*lu", widths[i], smaps_value(m, maps[0].values[used[i]].name));
    printf(" %s\n", *m->name == '/' && !paths ? strrchr(m->name, '/') + 1 : m->name);
  }
  if (quiet) return;
  printf("%*s", 16 + 5 + 9 + 7 + inodes + 1, "");
  for (size_t i = 0; i < names; i++) printf(" %.*s", widths[i], "================================");
  printf(" \n%*s", 16 + 5 + 9 + 7 + inodes + 1, "");
  for (size_t i = 0; i < names; i++) printf(" %*lu", widths[i], sums[i]);
  puts(" KB ");
}

static void put_sums(const struct smaps *maps, size_t count) {
  unsigned long size = 0, resident = 0, dirty = 0, private = 0, shared = 0;
  for (size_t at = 0; at < count; at++) {
    const struct smaps *m = &maps[at];
    unsigned long own = (m->end - m->start) / 1024;
    size += own;
    resident += smaps_value(m, "Rss");
    dirty += smaps_value(m, "Shared_Dirty") + smaps_value(m, "Private_Dirty");
    if (m->mode[3] == 's') shared += own;
    else if (m->mode[1] == 'w') private += own;
  }
  if (extended) printf("---------------- ------- ------- ------- \ntotal kB         %7lu %7lu %7lu\n", size, resident, dirty);
  else if (devices) printf("mapped: %luK    writeable/private: %luK    shared: %luK\n", size, private, shared);
  else printf(" total %16luK\n", size);
}

/* 42 stands for a process that is not there, as procps's has it. */
static int show(const char *text) {
  char path[32], *end;
  unsigned long pid = strtoul(text, &end, 10);
  if (!*text || *end || pid > 1UL << 30) tool_bad_usage();
  snprintf(path, sizeof path, "/proc/%lu/pagemap", pid);
  size_t count, size, kept = 0;
  struct smaps *maps = smaps_read((pid_t)pid, &count);
  if (!maps || (pagemap = open(path, O_RDONLY)) < 0) return 42;
  for (size_t at = 0; at < count; at++)
    if (maps[at].end > low && maps[at].start <= high) maps[kept++] = maps[at];
  snprintf(path, sizeof path, "/proc/%lu/cmdline", pid);
  char *words = tool_read_file(path, &size);
  for (size_t i = 0; words && i + 1 < size; i++)
    if (!words[i]) words[i] = ' ';
  printf("%lu:   %s\n", pid, words ? words : "");
  if (everything) {
    put_everything(maps, kept);
  } else {
    if (extended && !quiet) puts("Address           Kbytes     RSS   Dirty Mode  Mapping");
    if (devices && !quiet) puts("Address           Kbytes Mode  Offset           Device    Mapping");
    for (size_t at = 0; at < kept; at++) put(&maps[at]);
    if (!quiet) put_sums(maps, kept);
  }
  close(pagemap);
  free(words);
  return 0;
}

static void take_range(char *text) {
  char *end;
  low = strtoul(text, &end, 16);
  high = *end ? ~0UL : low;
  if (*end == ',' && end[1]) high = strtoul(end + 1, &end, 16);
  else if (*end == ',') end++;
  if (*end) {
    tool_complain("failed to parse argument: '%s'", text);
    exit(1);
  }
}

int main(int argc, char **argv) {
  int status = 0;
  tool_start(argc, argv, usage);
  for (int option; (option = tool_option(argc, argv, "f(frames)x(extended)Xd(device)q(quiet)p(show-path)A:(range)")) != -1;) {
    switch (option) {
      case 'f': frames = 1; break;
      case 'x': extended = 1; break;
      case 'X': everything++; break;
      case 'd': devices = 1; break;
      case 'q': quiet = 1; break;
      case 'p': paths = 1; break;
      case 'A': take_range(optarg); break;
    }
  }
  if (extended + devices + !!everything > 1) return tool_complain("options -x, -d, -X are mutually exclusive");
  if (optind == argc) tool_bad_usage();
  for (; optind < argc; optind++) status |= show(argv[optind]);
  return tool_finish(status);
}
