# The first instructions of every program (System V ABI's process entry): sp points at argc, argv, envp, auxv.
# The linker makes room for so many bytes in front of the first thread's tp, and for its variables (program.ld): struct thread.
  .globl __thread_size
  .set __thread_size, 1280

  .section .text.start, "ax"
  .globl _start
  .type _start, @function
_start:
  .option push
  .option norelax
  lla gp, __global_pointer$
  .option pop
  lla tp, __main_thread_end
  # What the variables of each thread begin as; the rest is zero.
  lla t0, __tdata_start
  lla t1, __tdata_end
  mv t2, tp
  j 2f
1:
  lbu t3, (t0)
  sb t3, (t2)
  addi t0, t0, 1
  addi t2, t2, 1
2:
  bne t0, t1, 1b
  li s0, 0                # the outermost frame
  mv a0, sp
  andi sp, sp, -16
  tail __start
  .size _start, . - _start
