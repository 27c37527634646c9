/* struct utsname as Linux riscv64 lays it out.
   Generated from kernel/abi/structs.ts by userland/libc/generate-headers.mjs: change it there. */
#ifndef _BITS_STRUCT_UTSNAME_H
#define _BITS_STRUCT_UTSNAME_H
struct utsname {
  char sysname[65];
  char nodename[65];
  char release[65];
  char version[65];
  char machine[65];
  char domainname[65];
};
_Static_assert(sizeof(struct utsname) == 390, "struct utsname");
#endif
