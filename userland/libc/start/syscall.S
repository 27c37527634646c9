# System calls: arguments in a0 to a5, the number in a7, the result in a0 (syscall(2), riscv). __syscall<n> takes
# its n arguments first and the number last, so that only one register has to move.
  .macro entry name, number_register
  .section .text.\name, "ax"
  .globl \name
  .type \name, @function
\name:
  mv a7, \number_register
  ecall
  ret
  .size \name, . - \name
  .endm

  entry __syscall0, a0
  entry __syscall1, a1
  entry __syscall2, a2
  entry __syscall3, a3
  entry __syscall4, a4
  entry __syscall5, a5
  entry __syscall6, a6

# long syscall(long number, ...)
  .section .text.syscall, "ax"
  .globl syscall
  .type syscall, @function
syscall:
  mv a7, a0
  mv a0, a1
  mv a1, a2
  mv a2, a3
  mv a3, a4
  mv a4, a5
  mv a5, a6
  ecall
  tail __result
  .size syscall, . - syscall
