/* struct itimerval as Linux riscv64 lays it out.
   Generated from kernel/abi/structs.ts by userland/libc/generate-headers.mjs: change it there. */
#ifndef _BITS_STRUCT_ITIMERVAL_H
#define _BITS_STRUCT_ITIMERVAL_H
#include <bits/struct-timeval.h>
struct itimerval {
  struct timeval it_interval;
  struct timeval it_value;
};
_Static_assert(sizeof(struct itimerval) == 32, "struct itimerval");
#endif
