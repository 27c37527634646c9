# setjmp and longjmp (C11 7.13): the registers a callee must keep. jmp_buf is drawn in setjmp.h.
  .section .text.setjmp, "ax"
  .globl setjmp
  .globl _setjmp
  .type setjmp, @function
  .type _setjmp, @function
setjmp:
_setjmp:
  sd zero, 112(a0)        # the mask is not saved
__save:
  sd ra, 0(a0)
  sd sp, 8(a0)
  sd s0, 16(a0)
  sd s1, 24(a0)
  sd s2, 32(a0)
  sd s3, 40(a0)
  sd s4, 48(a0)
  sd s5, 56(a0)
  sd s6, 64(a0)
  sd s7, 72(a0)
  sd s8, 80(a0)
  sd s9, 88(a0)
  sd s10, 96(a0)
  sd s11, 104(a0)
  li a0, 0
  ret

# int sigsetjmp(sigjmp_buf state, int save_mask)
  .globl sigsetjmp
  .type sigsetjmp, @function
sigsetjmp:
  sd a1, 112(a0)
  beqz a1, __save
  addi sp, sp, -16
  sd ra, 8(sp)
  sd a0, 0(sp)
  call __save_mask
  ld a0, 0(sp)
  ld ra, 8(sp)
  addi sp, sp, 16
  j __save

# _Noreturn void __restore(jmp_buf state, int value)
  .section .text.longjmp, "ax"
  .globl __restore
  .type __restore, @function
__restore:
  ld ra, 0(a0)
  ld sp, 8(a0)
  ld s0, 16(a0)
  ld s1, 24(a0)
  ld s2, 32(a0)
  ld s3, 40(a0)
  ld s4, 48(a0)
  ld s5, 56(a0)
  ld s6, 64(a0)
  ld s7, 72(a0)
  ld s8, 80(a0)
  ld s9, 88(a0)
  ld s10, 96(a0)
  ld s11, 104(a0)
  seqz a0, a1
  add a0, a0, a1          # longjmp(state, 0) makes setjmp return 1
  ret
