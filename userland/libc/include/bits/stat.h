/* Constants for <stat>.
   Generated from kernel/abi/stat.ts by userland/libc/generate-headers.mjs: change it there. */
#ifndef _BITS_STAT_H
#define _BITS_STAT_H
#define S_IFMT 0xf000
#define S_IFSOCK 0xc000
#define S_IFLNK 0xa000
#define S_IFREG 0x8000
#define S_IFBLK 0x6000
#define S_IFDIR 0x4000
#define S_IFCHR 0x2000
#define S_IFIFO 0x1000
#define S_ISUID 0x800
#define S_ISGID 0x400
#define S_ISVTX 0x200
#endif
