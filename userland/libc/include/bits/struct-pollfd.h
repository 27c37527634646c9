/* struct pollfd as Linux riscv64 lays it out.
   Generated from kernel/abi/structs.ts by userland/libc/generate-headers.mjs: change it there. */
#ifndef _BITS_STRUCT_POLLFD_H
#define _BITS_STRUCT_POLLFD_H
struct pollfd {
  int fd;
  short events;
  short revents;
};
_Static_assert(sizeof(struct pollfd) == 8, "struct pollfd");
#endif
