# getcontext, setcontext and swapcontext (POSIX.1-2001): the registers that a callee must keep, those of arguments, and the signal
# mask. What is saved of tp and gp is nothing: a context runs on whichever thread takes it up. A ucontext_t has its mask at 40
# and its register x<n> at 176 + 8 * n, with pc in the place of x0.
  .section .text.context, "ax"

# int getcontext(ucontext_t *to)
  .globl getcontext
  .type getcontext, @function
getcontext:
  sd ra, 176(a0)       # whoever takes it up returns from here, with 0
  sd ra, 184(a0)
  sd sp, 192(a0)
  sd s0, 240(a0)
  sd s1, 248(a0)
  sd s2, 320(a0)
  sd s3, 328(a0)
  sd s4, 336(a0)
  sd s5, 344(a0)
  sd s6, 352(a0)
  sd s7, 360(a0)
  sd s8, 368(a0)
  sd s9, 376(a0)
  sd s10, 384(a0)
  sd s11, 392(a0)
  sd zero, 256(a0)
  addi a2, a0, 40
  li a0, 0                # SIG_BLOCK of nothing
  li a1, 0
  li a3, 8
  li a7, 135              # rt_sigprocmask
  ecall
  li a0, 0
  ret

# int swapcontext(ucontext_t *to, const ucontext_t *from)
  .globl swapcontext
  .type swapcontext, @function
swapcontext:
  sd ra, 176(a0)       # whoever takes it up returns from here, with 0
  sd ra, 184(a0)
  sd sp, 192(a0)
  sd s0, 240(a0)
  sd s1, 248(a0)
  sd s2, 320(a0)
  sd s3, 328(a0)
  sd s4, 336(a0)
  sd s5, 344(a0)
  sd s6, 352(a0)
  sd s7, 360(a0)
  sd s8, 368(a0)
  sd s9, 376(a0)
  sd s10, 384(a0)
  sd s11, 392(a0)
  sd zero, 256(a0)
  mv t0, a1
  addi a2, a0, 40
  j __take_up

# int setcontext(const ucontext_t *from)
  .globl setcontext
  .type setcontext, @function
setcontext:
  mv t0, a0
  li a2, 0
__take_up:
  addi a1, t0, 40
  li a0, 2                # SIG_SETMASK
  li a3, 8
  li a7, 135
  ecall
  ld t1, 176(t0)
  ld ra, 184(t0)
  ld sp, 192(t0)
  ld s0, 240(t0)
  ld s1, 248(t0)
  ld s2, 320(t0)
  ld s3, 328(t0)
  ld s4, 336(t0)
  ld s5, 344(t0)
  ld s6, 352(t0)
  ld s7, 360(t0)
  ld s8, 368(t0)
  ld s9, 376(t0)
  ld s10, 384(t0)
  ld s11, 392(t0)
  ld a0, 256(t0)
  ld a1, 264(t0)
  ld a2, 272(t0)
  ld a3, 280(t0)
  ld a4, 288(t0)
  ld a5, 296(t0)
  ld a6, 304(t0)
  ld a7, 312(t0)
  jr t1

# What a context that makecontext has made returns to; s0 is its uc_link.
  .globl __context_ends
  .type __context_ends, @function
__context_ends:
  mv a0, s0
  beqz s0, 1f
  call setcontext
1:
  li a0, 0
  call exit
