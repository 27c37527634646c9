/* size: how many bytes of code, data and zeroed data object files and programs have (Berkeley's format). */
#include <stdio.h>
#include <stdlib.h>
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

static void measure(const struct object *o, const char *path, const char *member) {
  if (!o) return;
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
  line(bytes, member ? member : path, member ? path : 0);
}

int main(int argc, char **argv) {
  int has_totals = 0, status = 0;
  tool_start(argc, argv, usage);
  for (int c; (c = tool_option(argc, argv, "t(totals)Bd")) != -1;)
    if (c == 't') has_totals = 1;
  static char *alone[] = {"a.out", 0};
  for (char **file = optind < argc ? argv + optind : alone; *file; file++) {
    int problems = object_each(*file, measure);
    if (problems) status = problems == NOT_THERE ? 1 : 3;
  }
  if (has_totals) line(totals, "(TOTALS)", 0);
  return tool_finish(status);
}
