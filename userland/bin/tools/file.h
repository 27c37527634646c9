/* What stat(2) says of a file, in words, for ls, stat, find and diff. */
#ifndef FILE_H
#define FILE_H
#include <sys/stat.h>
#include <time.h>

/* "-rwxr-xr-x" and kin. */
char *file_permissions(mode_t mode, char to[11]);

/* "regular file", "directory"… */
const char *file_kind(const struct stat *s);

/* Names of users and groups; `unknown` when there is none. They stay until the next call. */
const char *file_owner(uid_t id, const char *unknown);
const char *file_group(gid_t id, const char *unknown);

/* "2024-05-06 07:08:09.000000000 +0000" */
char *file_time(const struct timespec *time, char to[48]);

#endif
