/* Constants for <seek>.
   Generated from kernel/abi/fcntl.ts by userland/libc/generate-headers.mjs: change it there. */
#ifndef _BITS_SEEK_H
#define _BITS_SEEK_H
#define SEEK_SET 0
#define SEEK_CUR 1
#define SEEK_END 2
#define SEEK_DATA 3
#define SEEK_HOLE 4
#endif
