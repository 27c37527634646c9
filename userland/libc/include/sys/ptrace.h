/* sys/ptrace.h: watching and changing another process (ptrace(2)). */
#ifndef _SYS_PTRACE_H
#define _SYS_PTRACE_H
#include <bits/ptrace.h>
#include <bits/types.h>
#include <stdint.h>
#define PTRACE_PEEKUSR PTRACE_PEEKUSER
#define PTRACE_POKEUSR PTRACE_POKEUSER
/* pc, then x1 to x31, for NT_PRSTATUS. */
struct user_regs_struct {
  unsigned long pc, ra, sp, gp, tp, t0, t1, t2, s0, s1, a0, a1, a2, a3, a4, a5, a6, a7;
  unsigned long s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, t3, t4, t5, t6;
};
struct __ptrace_syscall_info {
  uint8_t op;
  uint8_t pad[3];
  uint32_t arch;
  uint64_t instruction_pointer;
  uint64_t stack_pointer;
  union {
    struct {
      uint64_t nr;
      uint64_t args[6];
    } entry;
    struct {
      int64_t rval;
      uint8_t is_error;
    } exit;
  };
};
/* (request, pid, address, data); the PEEK requests answer the word itself, and errno says whether that is true. */
long ptrace(int request, ...);
#endif
