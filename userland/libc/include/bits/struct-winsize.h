/* struct winsize as Linux riscv64 lays it out.
   Generated from kernel/abi/structs.ts by userland/libc/generate-headers.mjs: change it there. */
#ifndef _BITS_STRUCT_WINSIZE_H
#define _BITS_STRUCT_WINSIZE_H
struct winsize {
  unsigned short ws_row;
  unsigned short ws_col;
  unsigned short ws_xpixel;
  unsigned short ws_ypixel;
};
_Static_assert(sizeof(struct winsize) == 8, "struct winsize");
#endif
