# int clone(int (*function)(void *), void *stack_end, int flags, void *argument, pid_t *parent, void *tls, pid_t *child)
# The kernel's order on riscv64 is flags, stack, parent, tls, child. The child finds function and argument on its
# new stack, because it keeps registers only until the call below.
#include <bits/syscall.h>

  .section .text.clone, "ax"
  .globl clone
  .type clone, @function
clone:
  andi a1, a1, -16
  addi a1, a1, -16
  sd a0, 0(a1)
  sd a3, 8(a1)
  mv a0, a2
  mv a2, a4
  mv a3, a5
  mv a4, a6
  li a7, SYS_clone
  ecall
  beqz a0, 1f
  tail __result
1:
  li s0, 0
  ld a1, 0(sp)
  ld a0, 8(sp)
  jalr a1
  li a7, SYS_exit         # this task only
  ecall
  .size clone, . - clone
