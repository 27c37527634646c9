/* struct timespec as Linux riscv64 lays it out.
   Generated from kernel/abi/structs.ts by userland/libc/generate-headers.mjs: change it there. */
#ifndef _BITS_STRUCT_TIMESPEC_H
#define _BITS_STRUCT_TIMESPEC_H
struct timespec {
  long tv_sec;
  long tv_nsec;
};
_Static_assert(sizeof(struct timespec) == 16, "struct timespec");
#endif
