/* Cancellation (pthread_cancel(3)). Who is cancelled is told by a signal. A thread that has deferred it (all do at first) goes on
   until a cancellation point: __cancellable of start/syscall.S looks before the call, and the handler sends on whoever is
   between that look and the end of the call. So a call is either cancelled or has its effect, never both. */
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>
#include "../start/syscall.h"
#include "thread.h"

extern const char __cancellable_end[];

static _Noreturn void end_here(void) {
  const sigset_t own = {1UL << (SIGNAL_CANCEL - 1)};
  __syscall4(SIG_UNBLOCK, (long)&own, 0, sizeof own, SYS_rt_sigprocmask);
  pthread_exit(PTHREAD_CANCELED);
}

static void on_signal(int signal, siginfo_t *info, void *context) {
  struct thread *self = __self();
  ucontext_t *interrupted = context;
  unsigned long pc = interrupted->uc_mcontext.__gregs[REG_PC];
  (void)info;
  if (!__atomic_load_n(&self->is_cancelled, __ATOMIC_ACQUIRE) || self->cancel_disabled) return;
  self->cancel = 1;
  if (self->cancel_async) end_here();
  if (pc >= (unsigned long)__cancellable && pc < (unsigned long)__cancellable_end) {
    interrupted->uc_mcontext.__gregs[REG_PC] = (unsigned long)end_here;
    return;
  }
  /* Perhaps another handler was interrupted, and below it is a call that waits: the signal comes again when it returns. */
  interrupted->uc_sigmask.__bits |= 1UL << (signal - 1);
  __syscall3(getpid(), __own_tid(), signal, SYS_tgkill);
}

int pthread_cancel(pthread_t thread) {
  static int is_ready;
  if (!is_ready) {
    struct sigaction action = {.sa_sigaction = on_signal, .sa_flags = SA_SIGINFO | SA_RESTART | SA_ONSTACK};
    action.sa_mask.__bits = ~0UL;
    __act_on_cancel = end_here;
    __syscall4(SIGNAL_CANCEL, (long)&action, 0, sizeof action.sa_mask, SYS_rt_sigaction);
    is_ready = 1;
  }
  if (thread == __self()) {
    thread->is_cancelled = 1;
    thread->cancel = !thread->cancel_disabled;
    if (thread->cancel && thread->cancel_async) end_here();
    return 0;
  }
  unsigned long mask;
  int is_there = __take_threads(thread, &mask);
  if (is_there && thread->tid) {
    __atomic_store_n(&thread->is_cancelled, 1, __ATOMIC_RELEASE);
    __syscall3(getpid(), thread->tid, SIGNAL_CANCEL, SYS_tgkill);
  }
  __leave_threads(mask);
  return is_there ? 0 : ESRCH;
}

void pthread_testcancel(void) {
  if (__self()->cancel) end_here();
}

int pthread_setcancelstate(int state, int *old) {
  struct thread *self = __self();
  if (state != PTHREAD_CANCEL_ENABLE && state != PTHREAD_CANCEL_DISABLE) return EINVAL;
  if (old) *old = self->cancel_disabled;
  self->cancel_disabled = state;
  self->cancel = !state && __atomic_load_n(&self->is_cancelled, __ATOMIC_ACQUIRE);
  if (self->cancel && self->cancel_async) end_here();
  return 0;
}

int pthread_setcanceltype(int type, int *old) {
  struct thread *self = __self();
  if (type != PTHREAD_CANCEL_DEFERRED && type != PTHREAD_CANCEL_ASYNCHRONOUS) return EINVAL;
  if (old) *old = self->cancel_async;
  self->cancel_async = type;
  if (type == PTHREAD_CANCEL_ASYNCHRONOUS) pthread_testcancel();
  return 0;
}
