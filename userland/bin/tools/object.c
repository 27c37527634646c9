/* Reading of ELF files (System V gABI) and of archives in GNU's variant (ar(5)): see object.h. */
#include "object.h"
#include <ar.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tool.h"

/* `count` things of `size` bytes at `offset`: whether they lie in the file. */
static int lies_within(const struct object *o, uint64_t offset, uint64_t size) { return offset <= o->size && size <= o->size - offset; }

Elf64_Shdr object_section(const struct object *o, size_t number) {
  Elf64_Shdr section = {0};
  uint64_t at = o->header.e_shoff + number * sizeof section;
  if (number < o->sections && at >= o->header.e_shoff && lies_within(o, at, sizeof section)) memcpy(&section, o->bytes + at, sizeof section);
  return section;
}

/* A text in a section of such. */
static const char *text_at(const struct object *o, size_t table, size_t offset) {
  Elf64_Shdr strings = object_section(o, table);
  if (strings.sh_type != SHT_STRTAB || !lies_within(o, strings.sh_offset, strings.sh_size) || offset >= strings.sh_size) return "";
  const char *text = o->bytes + strings.sh_offset + offset;
  return memchr(text, 0, strings.sh_size - offset) ? text : "";
}

static size_t number_of(const struct object *o, unsigned type) {
  for (size_t at = 1; at < o->sections; at++)
    if (object_section(o, at).sh_type == type) return at;
  return 0;
}

int object_open(struct object *to, const char *bytes, size_t size) {
  *to = (struct object){.bytes = bytes, .size = size};
  if (size < sizeof to->header) return 0;
  memcpy(&to->header, bytes, sizeof to->header);
  const unsigned char *id = to->header.e_ident;
  if (memcmp(id, ELFMAG, SELFMAG) != 0 || id[EI_CLASS] != ELFCLASS64 || id[EI_DATA] != ELFDATA2LSB) return 0;
  to->sections = to->header.e_shnum;
  if (to->sections == 0 && to->header.e_shoff != 0) to->sections = 1, to->sections = object_section(to, 0).sh_size;
  if (to->sections > size / sizeof(Elf64_Shdr)) to->sections = size / sizeof(Elf64_Shdr);
  Elf64_Shdr table = object_section(to, number_of(to, SHT_SYMTAB));
  if (table.sh_type == SHT_SYMTAB && lies_within(to, table.sh_offset, table.sh_size)) to->symbols = table.sh_size / sizeof(Elf64_Sym);
  if (to->symbols > 0) to->symbols--;
  return 1;
}

const char *object_section_name(const struct object *o, size_t number) {
  size_t names = o->header.e_shstrndx == SHN_XINDEX ? object_section(o, 0).sh_link : o->header.e_shstrndx;
  return text_at(o, names, object_section(o, number).sh_name);
}

Elf64_Sym object_symbol(const struct object *o, size_t number) {
  Elf64_Sym symbol = {0};
  if (number <= o->symbols)
    memcpy(&symbol, o->bytes + object_section(o, number_of(o, SHT_SYMTAB)).sh_offset + number * sizeof symbol, sizeof symbol);
  return symbol;
}

const char *object_symbol_name(const struct object *o, size_t number) {
  return text_at(o, object_section(o, number_of(o, SHT_SYMTAB)).sh_link, object_symbol(o, number).st_name);
}

size_t object_symbol_section(const struct object *o, size_t number) {
  size_t section = object_symbol(o, number).st_shndx;
  if (section != SHN_XINDEX) return section;
  Elf64_Shdr far = object_section(o, number_of(o, SHT_SYMTAB_SHNDX));
  Elf64_Word index = 0;
  if (far.sh_type == SHT_SYMTAB_SHNDX && number < far.sh_size / sizeof index && lies_within(o, far.sh_offset, far.sh_size))
    memcpy(&index, o->bytes + far.sh_offset + number * sizeof index, sizeof index);
  return index;
}

/* A number in a field of a header, which blanks fill up; -1 when it is none. */
static long field(const char *text, size_t size, int base) {
  char copy[17] = "", *end;
  memcpy(copy, text, size);
  long value = strtol(copy, &end, base);
  return value < 0 || end[strspn(end, " ")] ? -1 : value;
}

/* The name as it was given: long ones lie in a member of their own, and all end with a slash. */
static char *name_of(const struct ar_hdr *header, const char *long_names, size_t size) {
  const char *name = header->ar_name, *end;
  if (*name == '/') {
    long offset = field(name + 1, sizeof header->ar_name - 1, 10);
    if (offset < 0 || !long_names || (size_t)offset >= size) return 0;
    name = long_names + offset;
    end = memchr(name, '\n', size - (size_t)offset);
    if (!end) return 0;
    if (end > name && end[-1] == '/') end--;
  } else {
    end = memchr(name, '/', sizeof header->ar_name);
    if (!end)
      for (end = name + sizeof header->ar_name; end > name && end[-1] == ' ';) end--;
  }
  return strndup(name, (size_t)(end - name));
}

int archive_read(struct archive *to, char *bytes, size_t size) {
  const char *long_names = 0;
  size_t long_size = 0;
  *to = (struct archive){0, 0};
  if (size < SARMAG || memcmp(bytes, ARMAG, SARMAG) != 0) return 1;
  for (size_t at = SARMAG; at + 1 < size;) {
    struct ar_hdr header;
    if (size - at < sizeof header) return 2;
    memcpy(&header, bytes + at, sizeof header);
    at += sizeof header;
    long length = field(header.ar_size, sizeof header.ar_size, 10);
    if (memcmp(header.ar_fmag, ARFMAG, 2) != 0 || length < 0 || (size_t)length > size - at) return 2;
    char *content = bytes + at;
    at += (size_t)length + ((size_t)length & 1);
    if (memcmp(header.ar_name, "// ", 3) == 0) {
      long_names = content;
      long_size = (size_t)length;
      continue;
    }
    if (memcmp(header.ar_name, "/ ", 2) == 0 || memcmp(header.ar_name, "/SYM64/ ", 8) == 0) continue;
    char *name = name_of(&header, long_names, long_size);
    struct member *more = name ? realloc(to->members, (to->count + 1) * sizeof *more) : 0;
    if (!more) return 2;
    to->members = more;
    more[to->count++] = (struct member){name,
                                        content,
                                        (size_t)length,
                                        field(header.ar_date, sizeof header.ar_date, 10),
                                        (unsigned)field(header.ar_uid, sizeof header.ar_uid, 10),
                                        (unsigned)field(header.ar_gid, sizeof header.ar_gid, 10),
                                        (unsigned)field(header.ar_mode, sizeof header.ar_mode, 8)};
  }
  return 0;
}

static int not_recognized(const char *path, int malformed) {
  fflush(stdout); /* so that complaints stand where they belong */
  tool_complain(malformed ? "%s: malformed archive" : "%s: file format not recognized", path);
  return NOT_OBJECT;
}

int object_each(const char *path, void (*each)(const struct object *object, const char *path, const char *member)) {
  size_t size;
  char *bytes = tool_read_file(path, &size);
  struct object object;
  struct archive archive;
  int result = 0;
  if (!bytes) {
    fflush(stdout);
    tool_complain("'%s': No such file", path);
    return NOT_THERE;
  }
  if (object_open(&object, bytes, size)) {
    each(&object, path, 0);
  } else if ((result = archive_read(&archive, bytes, size))) {
    result = not_recognized(path, result == 2);
  } else {
    each(0, path, 0);
    for (size_t at = 0; at < archive.count; at++) {
      const struct member *m = &archive.members[at];
      if (object_open(&object, m->bytes, m->size)) each(&object, path, m->name);
      else not_recognized(m->name, 0), result = NOT_OBJECT_MEMBER;
    }
  }
  free(bytes);
  return result;
}
