/* Asserts that the structures written by hand in our headers have Linux's layout.
   Generated from kernel/abi/structs.ts by userland/libc/generate-headers.mjs: change it there. */
#include <dirent.h>
#include <signal.h>
#include <stddef.h>
_Static_assert(offsetof(struct dirent, d_ino) == 0, "struct dirent.d_ino");
_Static_assert(offsetof(struct dirent, d_off) == 8, "struct dirent.d_off");
_Static_assert(offsetof(struct dirent, d_reclen) == 16, "struct dirent.d_reclen");
_Static_assert(offsetof(struct dirent, d_type) == 18, "struct dirent.d_type");
_Static_assert(sizeof(stack_t) == 24, "size of stack_t");
_Static_assert(offsetof(stack_t, ss_sp) == 0, "stack_t.ss_sp");
_Static_assert(offsetof(stack_t, ss_flags) == 8, "stack_t.ss_flags");
_Static_assert(offsetof(stack_t, ss_size) == 16, "stack_t.ss_size");
_Static_assert(sizeof(siginfo_t) == 128, "size of siginfo_t");
_Static_assert(offsetof(siginfo_t, si_signo) == 0, "siginfo_t.si_signo");
_Static_assert(offsetof(siginfo_t, si_errno) == 4, "siginfo_t.si_errno");
_Static_assert(offsetof(siginfo_t, si_code) == 8, "siginfo_t.si_code");
_Static_assert(offsetof(siginfo_t, si_pid) == 16, "siginfo_t.si_pid");
_Static_assert(offsetof(siginfo_t, si_uid) == 20, "siginfo_t.si_uid");
_Static_assert(offsetof(siginfo_t, si_status) == 24, "siginfo_t.si_status");
_Static_assert(offsetof(siginfo_t, si_utime) == 32, "siginfo_t.si_utime");
_Static_assert(offsetof(siginfo_t, si_stime) == 40, "siginfo_t.si_stime");
_Static_assert(sizeof(ucontext_t) == 960, "size of ucontext_t");
_Static_assert(offsetof(ucontext_t, uc_flags) == 0, "ucontext_t.uc_flags");
_Static_assert(offsetof(ucontext_t, uc_link) == 8, "ucontext_t.uc_link");
_Static_assert(offsetof(ucontext_t, uc_stack.ss_sp) == 16, "ucontext_t.uc_stack.ss_sp");
_Static_assert(offsetof(ucontext_t, uc_stack.ss_flags) == 24, "ucontext_t.uc_stack.ss_flags");
_Static_assert(offsetof(ucontext_t, uc_stack.ss_size) == 32, "ucontext_t.uc_stack.ss_size");
_Static_assert(offsetof(ucontext_t, uc_sigmask) == 40, "ucontext_t.uc_sigmask");
_Static_assert(offsetof(ucontext_t, uc_mcontext.__gregs) == 176, "ucontext_t.uc_mcontext.__gregs");
_Static_assert(offsetof(ucontext_t, uc_mcontext.__fpregs) == 432, "ucontext_t.uc_mcontext.__fpregs");
