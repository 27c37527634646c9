/* Constants for <utime>.
   Generated from kernel/abi/stat.ts by userland/libc/generate-headers.mjs: change it there. */
#ifndef _BITS_UTIME_H
#define _BITS_UTIME_H
#define UTIME_NOW 0x3fffffff
#define UTIME_OMIT 0x3ffffffe
#endif
