/* struct iovec as Linux riscv64 lays it out.
   Generated from kernel/abi/structs.ts by userland/libc/generate-headers.mjs: change it there. */
#ifndef _BITS_STRUCT_IOVEC_H
#define _BITS_STRUCT_IOVEC_H
struct iovec {
  void *iov_base;
  unsigned long iov_len;
};
_Static_assert(sizeof(struct iovec) == 16, "struct iovec");
#endif
