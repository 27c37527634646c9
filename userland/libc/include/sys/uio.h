/* sys/uio.h: scattered reads and gathered writes. */
#ifndef _SYS_UIO_H
#define _SYS_UIO_H
#include <bits/struct-iovec.h>
#include <bits/types.h>
#define UIO_MAXIOV 1024
ssize_t readv(int fd, const struct iovec *parts, int count);
ssize_t writev(int fd, const struct iovec *parts, int count);
ssize_t preadv(int fd, const struct iovec *parts, int count, off_t offset);
ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset);
#endif
