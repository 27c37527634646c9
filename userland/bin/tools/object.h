/* Object files and archives of them, for ar, nm, size and strings. What a file says is not believed: whatever lies outside of it
   is as if it were not there. */
#ifndef OBJECT_H
#define OBJECT_H
#include <elf.h>
#include <stddef.h>

struct object {
  const char *bytes;
  size_t size;
  Elf64_Ehdr header;
  size_t sections, symbols;
};

/* Whether the bytes are a little-endian ELF file of 64 bits; `to` is filled in then. */
int object_open(struct object *to, const char *bytes, size_t size);

/* The section with this number, all zeros where there is none; its name. */
Elf64_Shdr object_section(const struct object *object, size_t number);
const char *object_section_name(const struct object *object, size_t number);

/* The symbol with this number, from 1 to object->symbols; its name; its section's number, also one beyond 0xff00. */
Elf64_Sym object_symbol(const struct object *object, size_t number);
const char *object_symbol_name(const struct object *object, size_t number);
size_t object_symbol_section(const struct object *object, size_t number);

struct member {
  char *name;
  char *bytes;
  size_t size;
  long date;
  unsigned owner, group, mode;
};

struct archive {
  struct member *members;
  size_t count;
};

/* Reads an archive; 1 when it is none, 2 when it is damaged. The members' bytes lie in `bytes`. */
int archive_read(struct archive *to, char *bytes, size_t size);

enum { NOT_THERE = 1, NOT_OBJECT = 2, NOT_OBJECT_MEMBER = 4 };

/* Calls `each` for the object file at a path, or for the archive there (with a null object) and then for each member. Complains
   about what is neither; returns the above, or 0. */
int object_each(const char *path, void (*each)(const struct object *object, const char *path, const char *member));

#endif
