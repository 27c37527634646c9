/* Archives as GNU's ar writes them (ar(5)): an index of symbols in the member `/`, long names in `//`. The numbers of the index
   are big-endian, and count from the beginning of the file. */
#include "archive-write.h"
#include <ar.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "tool.h"

struct text {
  char *bytes;
  size_t size;
};

static void add(struct text *to, const void *bytes, size_t size) {
  char *more = realloc(to->bytes, to->size + size + 1);
  if (!more) exit(tool_failed("memory"));
  to->bytes = more;
  memcpy(more + to->size, bytes, size);
  to->size += size;
}

/* Of a member, or of what is none: then everything is 0 in the index's, and nothing is there in the long names'. */
static void add_header(struct text *to, const char *name, const struct member *m, size_t size) {
  char header[sizeof(struct ar_hdr) + 1];
  const char *none = strcmp(name, "//") == 0 ? "" : "0";
  if (m) snprintf(header, sizeof header, "%-16s%-12ld%-6u%-6u%-8o%-10zu`\n", name, m->date, m->owner, m->group, m->mode, size);
  else snprintf(header, sizeof header, "%-16s%-12s%-6s%-6s%-8s%-10zu`\n", name, none, none, none, none, size);
  add(to, header, sizeof(struct ar_hdr));
}

static void add_even(struct text *to) {
  if (to->size & 1) add(to, "\n", 1);
}

static size_t even(size_t size) { return size + (size & 1); }

/* The names that others can find, each with its member's number in front; how many there are, or -1 without an object. */
static long index_of(const struct archive *archive, struct text *names, uint32_t **members) {
  long count = -1, room = 0;
  for (size_t at = 0; at < archive->count; at++) {
    struct object o;
    if (!object_open(&o, archive->members[at].bytes, archive->members[at].size)) continue;
    if (count < 0) count = 0;
    for (size_t number = 1; number <= o.symbols; number++) {
      Elf64_Sym symbol = object_symbol(&o, number);
      if (ELF64_ST_BIND(symbol.st_info) == STB_LOCAL || symbol.st_shndx == SHN_UNDEF) continue;
      const char *name = object_symbol_name(&o, number);
      if (count == room) {
        room = room ? room * 2 : 64;
        uint32_t *more = realloc(*members, (size_t)room * sizeof **members);
        if (!more) exit(tool_failed("memory"));
        *members = more;
      }
      (*members)[count++] = (uint32_t)at;
      add(names, name, strlen(name) + 1);
    }
  }
  return count;
}

static void add_big_endian(struct text *to, uint32_t value) {
  add(to, (char[]){(char)(value >> 24), (char)(value >> 16), (char)(value >> 8), (char)value}, 4);
}

static void build(struct text *out, const struct archive *archive, int has_index) {
  struct text names = {0}, long_names = {0};
  uint32_t *members = 0;
  long count = has_index ? index_of(archive, &names, &members) : -1;
  char(*short_names)[20] = calloc(archive->count + 1, sizeof *short_names);
  if (!short_names) exit(tool_failed("memory"));
  for (size_t at = 0; at < archive->count; at++) {
    const char *name = archive->members[at].name;
    if (strlen(name) < sizeof((struct ar_hdr *)0)->ar_name) {
      sprintf(short_names[at], "%s/", name);
      continue;
    }
    sprintf(short_names[at], "/%zu", long_names.size);
    add(&long_names, name, strlen(name));
    add(&long_names, "/\n", 2);
  }
  add(out, ARMAG, SARMAG);
  size_t index_size = 4 + 4 * (size_t)count + names.size;
  if (count >= 0) {
    size_t place = SARMAG + sizeof(struct ar_hdr) + even(index_size);
    if (long_names.size) place += sizeof(struct ar_hdr) + even(long_names.size);
    add_header(out, "/", 0, even(index_size));
    add_big_endian(out, (uint32_t)count);
    long number = 0;
    for (size_t at = 0; at < archive->count; at++) {
      for (; number < count && members[number] == at; number++) add_big_endian(out, (uint32_t)place);
      place += sizeof(struct ar_hdr) + even(archive->members[at].size);
    }
    add(out, names.bytes ? names.bytes : "", names.size);
    if (index_size & 1) add(out, "", 1);
  }
  if (long_names.size) {
    if (long_names.size & 1) add(&long_names, "\n", 1);
    add_header(out, "//", 0, long_names.size);
    add(out, long_names.bytes, long_names.size);
  }
  for (size_t at = 0; at < archive->count; at++) {
    const struct member *m = &archive->members[at];
    add_header(out, short_names[at], m, m->size);
    add(out, m->bytes, m->size);
    add_even(out);
  }
}

int archive_write(const char *path, const struct archive *archive, int has_index) {
  struct text out = {0};
  struct stat before;
  char *temporary;
  build(&out, archive, has_index);
  const char *slash = strrchr(path, '/');
  if (asprintf(&temporary, "%.*sstXXXXXX", slash ? (int)(slash + 1 - path) : 0, path) < 0) return tool_failed(path);
  int fd = mkstemp(temporary);
  if (fd < 0) return tool_failed(path);
  mode_t mask = umask(0), mode = stat(path, &before) == 0 ? before.st_mode & 07777 : 0666 & ~mask;
  umask(mask);
  size_t done = 0;
  for (ssize_t size = 0; size >= 0 && done < out.size; done += size > 0 ? (size_t)size : 0) size = write(fd, out.bytes + done, out.size - done);
  if (done == out.size && fchmod(fd, mode) == 0 && close(fd) == 0 && rename(temporary, path) == 0) return 0;
  int error = errno;
  unlink(temporary);
  errno = error;
  return tool_failed(path);
}

int archive_load(const char *path, struct archive *to) {
  size_t size;
  *to = (struct archive){0, 0};
  char *bytes = tool_read_file(path, &size);
  if (!bytes && errno == ENOENT) return -1;
  if (!bytes) exit(tool_failed(path));
  int problem = size == 0 ? 1 : archive_read(to, bytes, size);
  if (problem) exit(tool_complain(problem == 2 ? "%s: malformed archive" : "%s: file format not recognized", path));
  return 0;
}
