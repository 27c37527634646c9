/* What the shell asks of its own C library and this computer's lacks, for the builds with sanitizers (native-shell.mjs). */
#ifndef NATIVE_H
#define NATIVE_H
#include <ctype.h>
#include <string.h>

static inline int native_blank(int c) { return c == ' ' || c == '\t'; }

/* The test of a character class by its name, as in <ctype.h> of userland/libc. */
static inline int (*__class_named(const char *name, unsigned long size))(int) {
  static const struct {
    const char *name;
    int (*has)(int);
  } classes[] = {{"alnum", isalnum}, {"alpha", isalpha}, {"blank", native_blank}, {"cntrl", iscntrl},
                 {"digit", isdigit}, {"graph", isgraph}, {"lower", islower},      {"print", isprint},
                 {"punct", ispunct}, {"space", isspace}, {"upper", isupper},      {"xdigit", isxdigit}};
  for (unsigned long i = 0; i < sizeof classes / sizeof *classes; i++)
    if (strlen(classes[i].name) == size && strncmp(classes[i].name, name, size) == 0) return classes[i].has;
  return 0;
}
#endif
