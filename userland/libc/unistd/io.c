/* Reading and writing descriptors (read(2) and its kin). */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/uio.h>
#include <unistd.h>
#include "../start/syscall.h"

ssize_t read(int fd, void *to, size_t size) {
  return __result(__cancellable(fd, (long)to, (long)size, 0, 0, 0, SYS_read));
}
ssize_t write(int fd, const void *from, size_t size) {
  return __result(__cancellable(fd, (long)from, (long)size, 0, 0, 0, SYS_write));
}
ssize_t pread(int fd, void *to, size_t size, off_t offset) {
  return __result(__cancellable(fd, (long)to, (long)size, offset, 0, 0, SYS_pread64));
}
ssize_t pwrite(int fd, const void *from, size_t size, off_t offset) {
  return __result(__cancellable(fd, (long)from, (long)size, offset, 0, 0, SYS_pwrite64));
}
ssize_t readv(int fd, const struct iovec *parts, int count) {
  return __result(__cancellable(fd, (long)parts, count, 0, 0, 0, SYS_readv));
}
ssize_t writev(int fd, const struct iovec *parts, int count) {
  return __result(__cancellable(fd, (long)parts, count, 0, 0, 0, SYS_writev));
}
/* The offset is followed by its upper half, which a kernel of 64 bits does not look at. */
ssize_t preadv(int fd, const struct iovec *parts, int count, off_t offset) {
  return __result(__cancellable(fd, (long)parts, count, offset, 0, 0, SYS_preadv));
}
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset) {
  return __result(__cancellable(fd, (long)parts, count, offset, 0, 0, SYS_pwritev));
}
off_t lseek(int fd, off_t offset, int whence) {
  return __result(__syscall3(fd, offset, whence, SYS_lseek));
}
int close(int fd) { return (int)__result(__cancellable(fd, 0, 0, 0, 0, 0, SYS_close)); }
int dup(int fd) { return (int)__result(__syscall1(fd, SYS_dup)); }
int dup3(int from, int to, int flags) {
  return (int)__result(__syscall3(from, to, flags, SYS_dup3));
}
int dup2(int from, int to) {
  if (from == to) return fcntl(from, F_GETFD) < 0 ? -1 : to; /* dup3 refuses this case */
  return dup3(from, to, 0);
}
int pipe2(int fds[2], int flags) { return (int)__result(__syscall2((long)fds, flags, SYS_pipe2)); }
int pipe(int fds[2]) { return pipe2(fds, 0); }
int fsync(int fd) { return (int)__result(__cancellable(fd, 0, 0, 0, 0, 0, SYS_fsync)); }
int fdatasync(int fd) { return (int)__result(__cancellable(fd, 0, 0, 0, 0, 0, SYS_fdatasync)); }
void sync(void) { __syscall0(SYS_sync); }
int ftruncate(int fd, off_t size) { return (int)__result(__syscall2(fd, size, SYS_ftruncate)); }
int truncate(const char *path, off_t size) {
  return (int)__result(__syscall2((long)path, size, SYS_truncate));
}

int openat(int directory, const char *path, int flags, ...) {
  mode_t mode = 0;
  if ((flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE) {
    va_list arguments;
    va_start(arguments, flags);
    mode = va_arg(arguments, mode_t);
    va_end(arguments);
  }
  return (int)__result(__cancellable(directory, (long)path, flags, mode, 0, 0, SYS_openat));
}

int open(const char *path, int flags, ...) {
  va_list arguments;
  va_start(arguments, flags);
  mode_t mode = va_arg(arguments, mode_t);
  va_end(arguments);
  return openat(AT_FDCWD, path, flags, mode);
}

int creat(const char *path, mode_t mode) { return open(path, O_WRONLY | O_CREAT | O_TRUNC, mode); }

int fcntl(int fd, int command, ...) {
  va_list arguments;
  va_start(arguments, command);
  long argument = va_arg(arguments, long);
  va_end(arguments);
  if (command == F_SETLKW) return (int)__result(__cancellable(fd, command, argument, 0, 0, 0, SYS_fcntl));
  return (int)__result(__syscall3(fd, command, argument, SYS_fcntl));
}

int ioctl(int fd, unsigned long request, ...) {
  va_list arguments;
  va_start(arguments, request);
  long argument = va_arg(arguments, long);
  va_end(arguments);
  return (int)__result(__syscall3(fd, (long)request, argument, SYS_ioctl));
}

ssize_t getrandom(void *to, size_t size, unsigned flags) {
  return __result(__syscall3((long)to, (long)size, flags, SYS_getrandom));
}

int getentropy(void *to, size_t size) {
  if (size > 256) {
    errno = EIO;
    return -1;
  }
  return getrandom(to, size, 0) == (ssize_t)size ? 0 : -1;
}
