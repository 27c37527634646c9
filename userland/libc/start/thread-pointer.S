# tp points to the running thread's own variables (RISC-V ELF psABI, "Thread Local Storage"). Before them lies its description
# (thread/thread.h), whose last eight bytes begin with its errno. For the first thread the linker makes room, behind .bss; the
# others' are at the top of their stacks.

# int *__errno_location(void)
  .section .text.__errno_location, "ax"
  .globl __errno_location
  .type __errno_location, @function
__errno_location:
  addi a0, tp, -8
  ret
  .size __errno_location, . - __errno_location

# struct thread *__self(void)
  .section .text.__self, "ax"
  .globl __self
  .type __self, @function
__self:
  addi a0, tp, -1280
  ret
  .size __self, . - __self

# _Noreturn void __leave_stack(void *stack, size_t size): gives back the stack that it runs on, and ends the thread
  .section .text.__leave_stack, "ax"
  .globl __leave_stack
  .type __leave_stack, @function
__leave_stack:
  li a7, 215              # munmap
  ecall
  li a0, 0
  li a7, 93               # exit
  ecall
  .size __leave_stack, . - __leave_stack
