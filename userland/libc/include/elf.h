/* elf.h: the kinds of register sets that ptrace(2) knows. */
#ifndef _ELF_H
#define _ELF_H
#include <bits/elf-notes.h>
#endif
