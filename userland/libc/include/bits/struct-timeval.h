/* struct timeval as Linux riscv64 lays it out.
   Generated from kernel/abi/structs.ts by userland/libc/generate-headers.mjs: change it there. */
#ifndef _BITS_STRUCT_TIMEVAL_H
#define _BITS_STRUCT_TIMEVAL_H
struct timeval {
  long tv_sec;
  long tv_usec;
};
_Static_assert(sizeof(struct timeval) == 16, "struct timeval");
#endif
