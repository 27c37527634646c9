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

# long __cancellable(a, b, c, d, e, f, number): a call that may wait for ever, where a thread that is to end does so
# (thread/cancel.c). The word below tp says that it is to. A signal that comes between the look and the ecall finds the
# program counter in between, and thread/cancel.c's handler sends it on.
  .section .text.__cancellable, "ax"
  .globl __cancellable
  .globl __cancellable_end
  .type __cancellable, @function
__cancellable:
  lw a7, -4(tp)
  bnez a7, 1f
  mv a7, a6
  ecall
__cancellable_end:
  li a7, -4               # EINTR: perhaps this was the signal
  beq a0, a7, 2f
  ret
2:
  lw a7, -4(tp)
  bnez a7, 1f
  ret
1:
  ld a7, __act_on_cancel
  jr a7
  .size __cancellable, . - __cancellable

# void (*__act_on_cancel)(void): what pthread_cancel puts there, so that who does not call it does not carry it
  .section .bss.__act_on_cancel, "aw", @nobits
  .globl __act_on_cancel
  .balign 8
__act_on_cancel:
  .zero 8
