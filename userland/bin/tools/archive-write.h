/* Writing archives of object files, for ar and ranlib. */
#ifndef ARCHIVE_WRITE_H
#define ARCHIVE_WRITE_H
#include "object.h"

/* Writes the archive anew under its path, whole or not at all; with an index of symbols when `has_index` and a member is an
   object. Complains itself; returns 0 or 1. */
int archive_write(const char *path, const struct archive *archive, int has_index);

/* Reads the archive at the path; when there is none the count is 0 and the result -1. Complains about what is no archive and
   ends the program. The member's bytes stay where they were read. */
int archive_load(const char *path, struct archive *to);

#endif
