/* struct tms as Linux riscv64 lays it out.
   Generated from kernel/abi/structs.ts by userland/libc/generate-headers.mjs: change it there. */
#ifndef _BITS_STRUCT_TMS_H
#define _BITS_STRUCT_TMS_H
struct tms {
  long tms_utime;
  long tms_stime;
  long tms_cutime;
  long tms_cstime;
};
_Static_assert(sizeof(struct tms) == 32, "struct tms");
#endif
