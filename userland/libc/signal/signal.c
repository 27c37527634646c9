/* Signals (sigaction(2) and its kin). riscv64's kernel_sigaction is our struct sigaction, and handlers return through
   the vDSO, so nothing is translated and no trampoline is passed. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>
#include "../start/syscall.h"
#include "../thread/thread.h"

#define SET_SIZE sizeof(sigset_t)

static int valid(int number) {
  if (number > 0 && number < NSIG && (number < SIGNAL_CANCEL || number >= SIGRTMIN)) return 1;
  errno = EINVAL;
  return 0;
}

int sigemptyset(sigset_t *set) {
  set->__bits = 0;
  return 0;
}
int sigfillset(sigset_t *set) {
  set->__bits = ~SIGNALS_RESERVED;
  return 0;
}
int sigaddset(sigset_t *set, int number) {
  if (!valid(number)) return -1;
  set->__bits |= 1UL << (number - 1);
  return 0;
}
int sigdelset(sigset_t *set, int number) {
  if (!valid(number)) return -1;
  set->__bits &= ~(1UL << (number - 1));
  return 0;
}
int sigismember(const sigset_t *set, int number) {
  return valid(number) ? (int)(set->__bits >> (number - 1) & 1) : -1;
}

int sigaction(int number, const struct sigaction *restrict action, struct sigaction *restrict old) {
  if (!valid(number)) return -1;
  /* qemu-riscv64 writes a word more than Linux, where other architectures have the restorer. */
  struct {
    struct sigaction action;
    long restorer;
  } was;
  int result = (int)__result(
      __syscall4(number, (long)action, (long)(old ? &was : 0), SET_SIZE, SYS_rt_sigaction));
  if (old && result == 0) *old = was.action;
  return result;
}

sighandler_t signal(int number, sighandler_t handler) {
  struct sigaction action = {.sa_flags = SA_RESTART}, old;
  action.sa_handler = handler;
  return sigaction(number, &action, &old) < 0 ? SIG_ERR : old.sa_handler;
}

int siginterrupt(int number, int flag) {
  struct sigaction action;
  if (sigaction(number, 0, &action) < 0) return -1;
  if (flag)
    action.sa_flags &= ~(unsigned long)SA_RESTART;
  else
    action.sa_flags |= SA_RESTART;
  return sigaction(number, &action, 0);
}

/* Whoever fills a set in another way must not block cancellation either. */
int sigprocmask(int how, const sigset_t *restrict set, sigset_t *restrict old) {
  sigset_t allowed;
  if (set && (set->__bits & SIGNALS_RESERVED) && how != SIG_UNBLOCK) {
    allowed.__bits = set->__bits & ~SIGNALS_RESERVED;
    set = &allowed;
  }
  return (int)__result(__syscall4(how, (long)set, (long)old, SET_SIZE, SYS_rt_sigprocmask));
}
int sigsuspend(const sigset_t *mask) {
  return (int)__result(__cancellable((long)mask, SET_SIZE, 0, 0, 0, 0, SYS_rt_sigsuspend));
}
int sigpending(sigset_t *set) {
  return (int)__result(__syscall2((long)set, SET_SIZE, SYS_rt_sigpending));
}
int sigtimedwait(const sigset_t *restrict set, siginfo_t *restrict info,
                 const struct timespec *restrict timeout) {
  int number = (int)__result(
      __cancellable((long)set, (long)info, (long)timeout, SET_SIZE, 0, 0, SYS_rt_sigtimedwait));
  /* raise(3) is a kill(2), says POSIX; that it is sent to a thread is the library's affair. */
  if (number >= 0 && info && info->si_code == SI_TKILL) info->si_code = SI_USER;
  return number;
}
int sigwaitinfo(const sigset_t *restrict set, siginfo_t *restrict info) {
  return sigtimedwait(set, info, 0);
}
int sigwait(const sigset_t *restrict set, int *restrict number) {
  int result;
  do result = sigtimedwait(set, 0, 0);
  while (result < 0 && errno == EINTR);
  if (result < 0) return errno;
  *number = result;
  return 0;
}
int sigqueue(pid_t pid, int number, const union sigval value) {
  siginfo_t info;
  memset(&info, 0, sizeof info);
  info.si_signo = number;
  info.si_code = SI_QUEUE;
  info.si_pid = getpid();
  info.si_uid = getuid();
  info.si_value = value;
  return (int)__result(__syscall3(pid, number, (long)&info, SYS_rt_sigqueueinfo));
}
int sigaltstack(const stack_t *restrict stack, stack_t *restrict old) {
  return (int)__result(__syscall2((long)stack, (long)old, SYS_sigaltstack));
}

int kill(pid_t pid, int number) { return (int)__result(__syscall2(pid, number, SYS_kill)); }
int killpg(pid_t group, int number) {
  if (group >= 0) return kill(-group, number);
  errno = EINVAL;
  return -1;
}
int tgkill(pid_t group, pid_t thread, int number) {
  return (int)__result(__syscall3(group, thread, number, SYS_tgkill));
}
int raise(int number) { return tgkill(getpid(), gettid(), number); }
