/* size: how many bytes of code, data and zeroed data object files and programs have (Berkeley's format). */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "tools/object.h"
#include "tools/tool.h"

static const char usage[] =
    "size [-t] [FILE]...\n"
    "Shows the bytes of code and constants, data, and zeroed data of object files, programs and archives' members (a.out\n"
    "without FILE), and their sum in decimal and in hexadecimal; -t: totals.\n";

static unsigned long totals[3];

static void heading(void) {
  static int is_there;
  if (!is_there++) puts("   text\t   data\t    bss\t    dec\t    hex\tfilename");
}

static void line(const unsigned long bytes[3], const char *name, const char *archive) {
  heading();
  unsigned long sum = bytes[0] + bytes[1] + bytes[2];
  printf("%7lu\t%7lu\t%7lu\t%7lu\t%7lx\t%s", bytes[0], bytes[1], bytes[2], sum, sum, name);
  printf(archive ? " (ex %s)\n" : "\n", archive);
}

static void measure(const struct object *o, const char *name, const char *archive) {
  unsigned long bytes[3] = {0, 0, 0};
  for (size_t at = 1; at < o->sections; at++) {
    Elf64_Shdr section = object_section(o, at);
    if (!(section.sh_flags & SHF_ALLOC)) continue;
    int kind = section.sh_type == SHT_NOBITS ? 2 : section.sh_flags & SHF_WRITE && !(section.sh_flags & SHF_EXECINSTR) ? 1 : 0;
    bytes[kind] += section.sh_size;
  }
  for (size_t at = 1; at <= o->symbols; at++)
    if (object_symbol(o, at).st_shndx == SHN_COMMON) bytes[2] += object_symbol(o, at).st_size;
  for (int kind = 0; kind < 3; kind++) totals[kind] += bytes[kind];
  line(bytes, name, archive);
}

static int read_file(const char *path) {
  size_t size;
  char *bytes = tool_read_file(path, &size);
  struct object object;
  struct archive archive;
  if (!bytes) {
    fflush(stdout);
    return tool_complain("'%s': No such file", path);
  }
  if (object_open(&object, bytes, size)) measure(&object, path, 0);
  else if (archive_read(&archive, bytes, size) == 0) {
    for (size_t at = 0; at < archive.count; at++) {
      const struct member *m = &archive.members[at];
      if (object_open(&object, m->bytes, m->size)) measure(&object, m->name, path);
      else fflush(stdout), tool_complain("%s: file format not recognized", m->name);
    }
  } else {
    tool_complain("%s: file format not recognized", path);
    return 3;
  }
  free(bytes);
  return 0;
}

int main(int argc, char **argv) {
  static const struct option longs[] = {{"totals", 0, 0, 't'}, {0}};
  int has_totals = 0, status = 0;
  tool_start(argc, argv, usage);
  for (int c; (c = getopt_long(argc, argv, "tBd", longs, 0)) != -1;) switch (c) {
      case 't': has_totals = 1; break;
      case 'B':
      case 'd': break;
      default: tool_bad_usage();
    }
  if (optind == argc) status = read_file("a.out");
  while (optind < argc) {
    int failed = read_file(argv[optind++]);
    if (failed) status = failed;
  }
  if (has_totals) line(totals, "(TOTALS)", 0);
  return tool_finish(status);
}
