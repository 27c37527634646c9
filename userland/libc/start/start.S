# The first instructions of every program (System V ABI's process entry): sp points at argc, argv, envp, auxv.
  .section .text.start, "ax"
  .globl _start
  .type _start, @function
_start:
  .option push
  .option norelax
  lla gp, __global_pointer$
  .option pop
  lla tp, __main_thread_end
  li s0, 0                # the outermost frame
  mv a0, sp
  andi sp, sp, -16
  tail __start
  .size _start, . - _start
