/* struct termios as Linux riscv64 lays it out.
   Generated from kernel/abi/structs.ts by userland/libc/generate-headers.mjs: change it there. */
#ifndef _BITS_STRUCT_TERMIOS_H
#define _BITS_STRUCT_TERMIOS_H
struct termios {
  unsigned int c_iflag;
  unsigned int c_oflag;
  unsigned int c_cflag;
  unsigned int c_lflag;
  unsigned char c_line;
  unsigned char c_cc[19];
};
_Static_assert(sizeof(struct termios) == 36, "struct termios");
#endif
