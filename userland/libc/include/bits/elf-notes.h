/* Constants for <elf-notes>.
   Generated from kernel/abi/ptrace.ts by userland/libc/generate-headers.mjs: change it there. */
#ifndef _BITS_ELF_NOTES_H
#define _BITS_ELF_NOTES_H
#define NT_PRSTATUS 1
#define NT_PRFPREG 2
#endif
