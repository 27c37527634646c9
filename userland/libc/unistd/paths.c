/* Calls that take a path: what a file is, where it is, how it is called. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>
#include "../start/syscall.h"

int fstatat(int directory, const char *restrict path, struct stat *restrict to, int flags) {
  return (int)__result(__syscall4(directory, (long)path, (long)to, flags, SYS_newfstatat));
}
int stat(const char *restrict path, struct stat *restrict to) {
  return fstatat(AT_FDCWD, path, to, 0);
}
int lstat(const char *restrict path, struct stat *restrict to) {
  return fstatat(AT_FDCWD, path, to, AT_SYMLINK_NOFOLLOW);
}
int fstat(int fd, struct stat *to) { return (int)__result(__syscall2(fd, (long)to, SYS_fstat)); }
int statfs(const char *path, struct statfs *to) {
  return (int)__result(__syscall2((long)path, (long)to, SYS_statfs));
}
int fstatfs(int fd, struct statfs *to) {
  return (int)__result(__syscall2(fd, (long)to, SYS_fstatfs));
}

int faccessat(int directory, const char *path, int mode, int flags) {
  if (flags) return (int)__result(__syscall4(directory, (long)path, mode, flags, SYS_faccessat2));
  return (int)__result(__syscall3(directory, (long)path, mode, SYS_faccessat));
}
int access(const char *path, int mode) { return faccessat(AT_FDCWD, path, mode, 0); }
int chdir(const char *path) { return (int)__result(__syscall1((long)path, SYS_chdir)); }
int fchdir(int fd) { return (int)__result(__syscall1(fd, SYS_fchdir)); }
int chroot(const char *path) { return (int)__result(__syscall1((long)path, SYS_chroot)); }
char *getcwd(char *to, size_t size) {
  if (!to) { /* glibc's: as large as it must be */
    char path[PATH_MAX];
    if (__result(__syscall2((long)path, sizeof path, SYS_getcwd)) < 0) return 0;
    size_t length = strlen(path) + 1;
    if (size && size < length) {
      errno = ERANGE;
      return 0;
    }
    char *copy = malloc(size ? size : length);
    return copy ? strcpy(copy, path) : 0;
  }
  return __result(__syscall2((long)to, (long)size, SYS_getcwd)) < 0 ? 0 : to;
}

int linkat(int from_directory, const char *from, int to_directory, const char *to, int flags) {
  return (int)__result(
      __syscall5(from_directory, (long)from, to_directory, (long)to, flags, SYS_linkat));
}
int link(const char *from, const char *to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }
int symlinkat(const char *target, int directory, const char *path) {
  return (int)__result(__syscall3((long)target, directory, (long)path, SYS_symlinkat));
}
int symlink(const char *target, const char *path) { return symlinkat(target, AT_FDCWD, path); }
ssize_t readlinkat(int directory, const char *restrict path, char *restrict to, size_t size) {
  return __result(__syscall4(directory, (long)path, (long)to, (long)size, SYS_readlinkat));
}
ssize_t readlink(const char *restrict path, char *restrict to, size_t size) {
  return readlinkat(AT_FDCWD, path, to, size);
}
int unlinkat(int directory, const char *path, int flags) {
  return (int)__result(__syscall3(directory, (long)path, flags, SYS_unlinkat));
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }
int remove(const char *path) {
  int result = unlink(path);
  return result < 0 && errno == EISDIR ? rmdir(path) : result;
}
int rename(const char *from, const char *to) {
  return (int)__result(
      __syscall5(AT_FDCWD, (long)from, AT_FDCWD, (long)to, 0, SYS_renameat2));
}

int mkdirat(int directory, const char *path, mode_t mode) {
  return (int)__result(__syscall3(directory, (long)path, mode, SYS_mkdirat));
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }
int mknodat(int directory, const char *path, mode_t mode, dev_t device) {
  return (int)__result(__syscall4(directory, (long)path, mode, (long)device, SYS_mknodat));
}
int mknod(const char *path, mode_t mode, dev_t device) {
  return mknodat(AT_FDCWD, path, mode, device);
}
int mkfifo(const char *path, mode_t mode) { return mknod(path, mode | S_IFIFO, 0); }
int fchmodat(int directory, const char *path, mode_t mode, int flags) {
  if (flags) {
    errno = EOPNOTSUPP;
    return -1;
  }
  return (int)__result(__syscall3(directory, (long)path, mode, SYS_fchmodat));
}
int chmod(const char *path, mode_t mode) { return fchmodat(AT_FDCWD, path, mode, 0); }
int fchmod(int fd, mode_t mode) { return (int)__result(__syscall2(fd, mode, SYS_fchmod)); }
static int chown_at(const char *path, uid_t owner, gid_t group, int flags) {
  return (int)__result(__syscall5(AT_FDCWD, (long)path, owner, group, flags, SYS_fchownat));
}
int chown(const char *path, uid_t owner, gid_t group) { return chown_at(path, owner, group, 0); }
int lchown(const char *path, uid_t owner, gid_t group) {
  return chown_at(path, owner, group, AT_SYMLINK_NOFOLLOW);
}
int fchown(int fd, uid_t owner, gid_t group) {
  return (int)__result(__syscall3(fd, owner, group, SYS_fchown));
}
mode_t umask(mode_t mask) { return (mode_t)__syscall1(mask, SYS_umask); }
int utimensat(int directory, const char *path, const struct timespec times[2], int flags) {
  return (int)__result(__syscall4(directory, (long)path, (long)times, flags, SYS_utimensat));
}
int futimens(int fd, const struct timespec times[2]) { return utimensat(fd, 0, times, 0); }
