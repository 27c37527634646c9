/* Constants for <swap>.
   Generated from kernel/abi/mman.ts by userland/libc/generate-headers.mjs: change it there. */
#ifndef _BITS_SWAP_H
#define _BITS_SWAP_H
#define SWAP_FLAG_PREFER 0x8000
#define SWAP_FLAG_PRIO_MASK 0x7fff
#define SWAP_FLAG_PRIO_SHIFT 0
#define SWAP_FLAG_DISCARD 0x10000
#endif
