/* Constants for <limits>.
   Generated from kernel/abi/fcntl.ts by userland/libc/generate-headers.mjs: change it there. */
#ifndef _BITS_LIMITS_H
#define _BITS_LIMITS_H
#define NAME_MAX 0xff
#define PATH_MAX 0x1000
#define IOV_MAX 0x400
#define PIPE_BUF 0x1000
#endif
