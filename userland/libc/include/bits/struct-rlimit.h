/* struct rlimit as Linux riscv64 lays it out.
   Generated from kernel/abi/structs.ts by userland/libc/generate-headers.mjs: change it there. */
#ifndef _BITS_STRUCT_RLIMIT_H
#define _BITS_STRUCT_RLIMIT_H
struct rlimit {
  unsigned long rlim_cur;
  unsigned long rlim_max;
};
_Static_assert(sizeof(struct rlimit) == 16, "struct rlimit");
#endif
