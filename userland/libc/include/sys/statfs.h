/* sys/statfs.h: statfs(2). */
#ifndef _SYS_STATFS_H
#define _SYS_STATFS_H
#include <bits/struct-statfs.h>
int statfs(const char *path, struct statfs *to);
int fstatfs(int fd, struct statfs *to);
#endif
