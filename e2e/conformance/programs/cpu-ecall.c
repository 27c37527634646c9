/*
 * A system call changes a0 and no other register, whether it waits or not. riscv64 calling convention of
 * Linux: syscall(2), "Architecture calling conventions".
 */
/* arch-dependent: the registers are RISC-V's */
#include "expect.h"
#include <sys/syscall.h>

#if defined(__riscv)
/* Fills the temporaries with numbers, makes the call, and returns the sum of what differs. */
static unsigned long changed(long number, long a, long b, long c) {
  register long a7 __asm__("a7") = number;
  register long a0 __asm__("a0") = a;
  register long a1 __asm__("a1") = b;
  register long a2 __asm__("a2") = c;
  register unsigned long result __asm__("a3") = 0x333;
  __asm__ volatile(
      "li t0, 0x100\n li t1, 0x101\n li t2, 0x102\n li t3, 0x103\n li t4, 0x104\n li t5, 0x105\n li t6, 0x106\n"
      "li a4, 0x107\n li a5, 0x108\n li a6, 0x109\n"
      "mv s2, a1\n mv s3, a2\n mv s4, a7\n mv s5, sp\n mv s6, gp\n mv s7, tp\n mv s8, ra\n"
      "ecall\n"
      "xori t0, t0, 0x100\n xori t1, t1, 0x101\n xori t2, t2, 0x102\n xori t3, t3, 0x103\n xori t4, t4, 0x104\n"
      "xori t5, t5, 0x105\n xori t6, t6, 0x106\n xori a4, a4, 0x107\n xori a5, a5, 0x108\n xori a6, a6, 0x109\n"
      "xori a3, a3, 0x333\n xor s2, s2, a1\n xor s3, s3, a2\n xor s4, s4, a7\n xor s5, s5, sp\n xor s6, s6, gp\n"
      "xor s7, s7, tp\n xor s8, s8, ra\n"
      "or a3, a3, t0\n or a3, a3, t1\n or a3, a3, t2\n or a3, a3, t3\n or a3, a3, t4\n or a3, a3, t5\n"
      "or a3, a3, t6\n or a3, a3, a4\n or a3, a3, a5\n or a3, a3, a6\n or a3, a3, s2\n or a3, a3, s3\n"
      "or a3, a3, s4\n or a3, a3, s5\n or a3, a3, s6\n or a3, a3, s7\n or a3, a3, s8\n"
      : "+r"(a0), "+r"(result)
      : "r"(a7), "r"(a1), "r"(a2)
      : "t0", "t1", "t2", "t3", "t4", "t5", "t6", "a4", "a5", "a6", "s2", "s3", "s4", "s5", "s6", "s7", "s8",
        "memory");
  return result;
}
#else
static unsigned long changed(long number, long a, long b, long c) { return (number ^ a ^ b ^ c) != 0; }
#endif

int main(void) {
  struct timespec span = {0, 2000000};
  char byte = 'x';
  int ends[2];
  if (pipe(ends) != 0) return 1;
  number("getpid", (long)changed(SYS_getpid, 0, 0, 0));
  number("a call that fails", (long)changed(SYS_close, 99, 0, 0));
  number("no call", (long)changed(9999, 1, 2, 3));
  number("a call that sleeps", (long)changed(SYS_nanosleep, (long)&span, 0, 0));
  number("write", (long)changed(SYS_write, ends[1], (long)&byte, 1));
  number("read", (long)changed(SYS_read, ends[0], (long)&byte, 1));
  pid_t child = fork();
  if (child == 0) {
    pause_ms(20);
    _exit(write(ends[1], "y", 1) == 1 ? 0 : 1);
  }
  number("a read that waits", (long)changed(SYS_read, ends[0], (long)&byte, 1));
  say("got %c\n", byte);
  reap("child", child);
  return 0;
}
