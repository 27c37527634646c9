/* Constants for <cc>.
   Generated from kernel/abi/cc.ts by userland/libc/generate-headers.mjs: change it there. */
#ifndef _BITS_CC_H
#define _BITS_CC_H
#define CC_ARGUMENTS 1
#define CC_START 2
#define CC_DATA 3
#define CC_DONE 4
#define CC_READ 5
#define CC_WRITE 6
#define CC_END 7
#define CC_PRINT 8
#define CC_EXIT 9
#define CC_COLOUR 1
#define CC_HEADER_SIZE 8
#define CC_MESSAGE_MAX 0x4008
#endif
