/* Where objects with a name of their own lie (shm_overview(7)): a slash may begin the name, and none may follow. */
#ifndef UNISTD_SHARED_NAME_H
#define UNISTD_SHARED_NAME_H
#include <limits.h>
#define SHARED_FOLDER "/dev/shm/"
#define SHARED_PATH_SIZE (sizeof SHARED_FOLDER + NAME_MAX + 8)
/* -1 and errno when no object can have the name. */
int __shared_path(char *to, const char *prefix, const char *name);
#endif
