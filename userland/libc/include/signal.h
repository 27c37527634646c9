/* signal.h: C11 7.14 and POSIX's signals; the layouts are Linux riscv64's, checked by bits/layout-checks.h. */
#ifndef _SIGNAL_H
#define _SIGNAL_H
#include <bits/pthread-types.h>
#include <bits/signal.h>
#include <bits/sigset.h>
#include <bits/struct-timespec.h>
#include <bits/types.h>
typedef int sig_atomic_t;
typedef void (*sighandler_t)(int);
#define SIG_DFL ((sighandler_t)0)
#define SIG_IGN ((sighandler_t)1)
#define SIG_ERR ((sighandler_t)-1)
/* The kernel's begin at 32; the first two are the library's own, as in glibc. */
#define SIGRTMIN 34
#define SIGRTMAX 64
#define NSIG 65
#define _NSIG 65
#define SIGPOLL SIGIO
#define SIGIOT SIGABRT
#define SIGSTKSZ 8192

union sigval {
  int sival_int;
  void *sival_ptr;
};
typedef struct {
  int si_signo;
  int si_errno;
  int si_code;
  int __pad0;
  union {
    struct {
      pid_t __pid;
      uid_t __uid;
      union {
        struct {
          int __status;
          long __utime;
          long __stime;
        } __child;
        union sigval __value;
      } __more;
    } __sent;
    void *__address;
    unsigned char __size[112];
  } __by;
} siginfo_t;
#define si_pid __by.__sent.__pid
#define si_uid __by.__sent.__uid
#define si_status __by.__sent.__more.__child.__status
#define si_utime __by.__sent.__more.__child.__utime
#define si_stime __by.__sent.__more.__child.__stime
#define si_value __by.__sent.__more.__value
#define si_int __by.__sent.__more.__value.sival_int
#define si_ptr __by.__sent.__more.__value.sival_ptr
#define si_addr __by.__address

typedef struct {
  void *ss_sp;
  int ss_flags;
  size_t ss_size;
} stack_t;

/* pc first, then x1 to x31: REG_PC is 0, x<n> is at n. */
#define REG_PC 0
#define REG_RA 1
#define REG_SP 2
#define REG_TP 4
#define REG_S0 8
#define REG_A0 10
#define NGREG 32
typedef struct {
  unsigned long __gregs[NGREG];
  unsigned long __fpregs[66];
} mcontext_t;
typedef struct ucontext {
  unsigned long uc_flags;
  struct ucontext *uc_link;
  stack_t uc_stack;
  sigset_t uc_sigmask;
  unsigned char __unused[120];
  unsigned long __align;
  mcontext_t uc_mcontext;
} ucontext_t;

struct sigaction {
  union {
    sighandler_t __handler;
    void (*__action)(int, siginfo_t *, void *);
  } __function;
  unsigned long sa_flags;
  sigset_t sa_mask;
};
#define sa_handler __function.__handler
#define sa_sigaction __function.__action

sighandler_t signal(int number, sighandler_t handler);
int raise(int number);
int kill(pid_t pid, int number);
int pthread_kill(pthread_t thread, int signal);
int killpg(pid_t group, int number);
int tgkill(pid_t group, pid_t thread, int number);
int sigaction(int number, const struct sigaction *restrict action, struct sigaction *restrict old);
int sigprocmask(int how, const sigset_t *restrict set, sigset_t *restrict old);
int pthread_sigmask(int how, const sigset_t *restrict set, sigset_t *restrict old);
#define SIG_HOLD ((sighandler_t)2)
int sighold(int number);
int sigrelse(int number);
int sigignore(int number);
sighandler_t sigset(int number, sighandler_t handler);
int sigpause(int number);
int sigisemptyset(const sigset_t *set);
int sigandset(sigset_t *to, const sigset_t *left, const sigset_t *right);
int sigorset(sigset_t *to, const sigset_t *left, const sigset_t *right);
int sigsuspend(const sigset_t *mask);
int sigpending(sigset_t *set);
int sigwait(const sigset_t *restrict set, int *restrict number);
int sigwaitinfo(const sigset_t *restrict set, siginfo_t *restrict info);
int sigtimedwait(const sigset_t *restrict set, siginfo_t *restrict info,
                 const struct timespec *restrict timeout);
int sigqueue(pid_t pid, int number, const union sigval value);
int sigaltstack(const stack_t *restrict stack, stack_t *restrict old);
int siginterrupt(int number, int flag);
int sigemptyset(sigset_t *set);
int sigfillset(sigset_t *set);
int sigaddset(sigset_t *set, int number);
int sigdelset(sigset_t *set, int number);
int sigismember(const sigset_t *set, int number);
/* Names without SIG, or decimal numbers; -1 for what is none. */
#define SIG2STR_MAX 16
int sig2str(int number, char *name);
int str2sig(const char *restrict name, int *restrict number);
void psignal(int number, const char *prefix);
#endif
