/* Constants for <poll>.
   Generated from kernel/abi/process.ts by userland/libc/generate-headers.mjs: change it there. */
#ifndef _BITS_POLL_H
#define _BITS_POLL_H
#define POLLIN 1
#define POLLPRI 2
#define POLLOUT 4
#define POLLERR 8
#define POLLHUP 16
#define POLLNVAL 0x20
#define POLLRDNORM 0x40
#define POLLWRNORM 0x100
#endif
