/* nm: the symbols of object files, of programs and of archives' members. */
#include <ctype.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tools/object.h"
#include "tools/tool.h"

static const char usage[] =
    "nm [-AagnoPprSuv] [FILE]...\n"
    "Lists symbols of object files, programs and archives (a.out without FILE): value, kind, name. Kinds: T code, D data,\n"
    "B zeroed data, R constants, U undefined, W weak, A absolute, C common, N debugging; small letters are local.\n"
    "  -A, -o  the file's name in each line      -a  also debuggers' symbols\n"
    "  -g      only global symbols               -n, -v  by value     -p  as in the file    -r  backwards\n"
    "  -P      name first, POSIX's format        -S  sizes as well\n"
    "  -u      only undefined symbols            --defined-only  only the others\n";

static int in_each_line, all, global_only, by_value, as_in_file, backwards, posix, sizes, undefined_only, defined_only;
static int file_count;

struct line {
  const char *name;
  uint64_t value, size;
  char kind;
};

static char kind_of(const struct object *o, size_t number) {
  Elf64_Sym symbol = object_symbol(o, number);
  size_t where = object_symbol_section(o, number);
  int bind = ELF64_ST_BIND(symbol.st_info), type = ELF64_ST_TYPE(symbol.st_info);
  if (bind == STB_WEAK) return where == SHN_UNDEF ? type == STT_OBJECT ? 'v' : 'w' : type == STT_OBJECT ? 'V' : 'W';
  if (where == SHN_UNDEF) return 'U';
  if (symbol.st_shndx == SHN_COMMON) return 'C';
  char kind = '?';
  if (symbol.st_shndx == SHN_ABS) kind = 'A';
  else {
    Elf64_Shdr section = object_section(o, where);
    if (section.sh_flags & SHF_EXECINSTR) kind = 'T';
    else if (!(section.sh_flags & SHF_ALLOC)) return strncmp(object_section_name(o, where), ".debug", 6) == 0 ? 'N' : 'n';
    else if (section.sh_type == SHT_NOBITS) kind = 'B';
    else kind = section.sh_flags & SHF_WRITE ? 'D' : 'R';
  }
  return bind == STB_LOCAL ? (char)tolower(kind) : kind;
}

static int compare(const void *left, const void *right) {
  const struct line *l = left, *r = right;
  int order = 0;
  if (by_value && (l->kind == 'U') != (r->kind == 'U')) order = l->kind == 'U' ? -1 : 1;
  else if (by_value && l->value != r->value) order = l->value < r->value ? -1 : 1;
  else order = strcmp(l->name, r->name);
  if (order == 0 && l->value != r->value) order = l->value < r->value ? -1 : 1;
  return backwards ? -order : order;
}

static void show(const struct line *l, const char *file, const char *member) {
  int is_defined = l->kind != 'U' && l->kind != 'w' && l->kind != 'v';
  if (in_each_line) printf(member ? posix ? "%s[%s]: " : "%s:%s:" : posix ? "%s: " : "%s:", file, member);
  if (posix) {
    printf("%s %c ", l->name, l->kind);
    if (is_defined) printf("%lx %lx", l->value, l->size);
    else printf("        ");
    putchar('\n');
    return;
  }
  if (is_defined) printf("%016lx", l->kind == 'C' ? l->size : l->value);
  else printf("%16s", "");
  if (sizes && is_defined && l->size) printf(" %016lx", l->size);
  printf(" %c %s\n", l->kind, l->name);
}

static void list(const struct object *o, const char *file, const char *member) {
  if (!o) {
    if (!in_each_line && file_count > 1) printf("\n%s:\n", file);
    return;
  }
  struct line *lines = calloc(o->symbols + 1, sizeof *lines);
  size_t count = 0;
  if (!lines) exit(tool_failed(file));
  if (!in_each_line && member && posix) printf("%s[%s]:\n", file, member);
  else if (!in_each_line && member) printf("\n%s:\n", member);
  else if (!in_each_line && file_count > 1) printf(posix ? "%s:\n" : "\n%s:\n", file);
  if (o->symbols == 0) fflush(stdout), tool_complain("%s: no symbols", member ? member : file);
  for (size_t at = 1; at <= o->symbols; at++) {
    Elf64_Sym symbol = object_symbol(o, at);
    int type = ELF64_ST_TYPE(symbol.st_info), is_undefined = symbol.st_shndx == SHN_UNDEF;
    const char *name = object_symbol_name(o, at);
    /* Compilers' labels, and what marks code and data for disassemblers; sections and files. */
    if (strncmp(name, ".L", 2) == 0 || (*name == '$' && (name[1] == 'x' || name[1] == 'd'))) continue;
    if (!all && (type == STT_SECTION || type == STT_FILE)) continue;
    if ((global_only && ELF64_ST_BIND(symbol.st_info) == STB_LOCAL) || (undefined_only && !is_undefined) || (defined_only && is_undefined)) continue;
    if (type == STT_SECTION && !*name) name = object_section_name(o, object_symbol_section(o, at));
    lines[count++] = (struct line){name, symbol.st_value, symbol.st_size, kind_of(o, at)};
  }
  if (!as_in_file) qsort(lines, count, sizeof *lines, compare);
  for (size_t at = 0; at < count; at++) show(&lines[at], file, member);
  free(lines);
}

int main(int argc, char **argv) {
  enum { DEFINED = 1 };
  tool_start(argc, argv, usage);
  for (int c; (c = tool_option(argc, argv, "A(print-file-name)a(debug-syms)Bg(extern-only)n(numeric-sort)oP(portability)p(no-sort)r(reverse-sort)S(print-size)"
       "u(undefined-only)v\1(defined-only)")) != -1;) switch (c) {
      case 'A':
      case 'o': in_each_line = 1; break;
      case 'a': all = 1; break;
      case 'B': break;
      case 'g': global_only = 1; break;
      case 'n':
      case 'v': by_value = 1; break;
      case 'P': posix = 1; break;
      case 'p': as_in_file = 1; break;
      case 'r': backwards = 1; break;
      case 'S': sizes = 1; break;
      case 'u': undefined_only = 1; break;
      case DEFINED: defined_only = 1; break;
    }
  static char *alone[] = {"a.out"};
  char **files = optind < argc ? argv + optind : alone;
  int status = 0;
  file_count = optind < argc ? argc - optind : 1;
  for (int at = 0; at < file_count; at++) status |= (object_each(files[at], list) & (NOT_THERE | NOT_OBJECT)) != 0;
  return tool_finish(status);
}
