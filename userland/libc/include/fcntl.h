/* fcntl.h: open(2), fcntl(2). */
#ifndef _FCNTL_H
#define _FCNTL_H
#include <bits/access.h>
#include <bits/fcntl.h>
#include <bits/seek.h>
#include <bits/types.h>
struct flock {
  short l_type;
  short l_whence;
  off_t l_start;
  off_t l_len;
  pid_t l_pid;
};
#define F_RDLCK 0
#define F_WRLCK 1
#define F_UNLCK 2
int open(const char *path, int flags, ...);
int openat(int directory, const char *path, int flags, ...);
int creat(const char *path, mode_t mode);
int fcntl(int fd, int command, ...);
#endif
