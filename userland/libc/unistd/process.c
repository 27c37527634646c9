/* Processes: who we are, fork, wait, groups and sessions (fork(2), wait4(2), setpgid(2), …). */
#include <bits/sched.h>
#include <errno.h>
#include <sched.h>
#include <stdarg.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <sys/times.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <unistd.h>
#include "../start/syscall.h"
#include "../thread/thread.h"

/* These locks are held meanwhile, because the thread that has one otherwise is not in the child. */
pid_t fork(void) {
  if (__at_fork) __at_fork(BEFORE_FORK);
  __lock(&__threads_lock);
  __lock(&__heap_lock);
  pid_t pid = (pid_t)__result(__syscall5(SIGCHLD, 0, 0, 0, 0, SYS_clone));
  __unlock(&__heap_lock);
  __unlock(&__threads_lock);
  if (pid == 0) {
    /* What the thread knew of its number was its parent's. */
    __self()->tid = 0;
    __live_threads = 1;
  }
  if (__at_fork) __at_fork(pid == 0 ? IN_CHILD : IN_PARENT);
  return pid;
}
/* A plain fork: a child that shared the stack would return through a frame that its parent still needs. */
pid_t vfork(void) { return fork(); }
pid_t getpid(void) { return (pid_t)__syscall0(SYS_getpid); }
pid_t getppid(void) { return (pid_t)__syscall0(SYS_getppid); }
pid_t gettid(void) { return (pid_t)__syscall0(SYS_gettid); }
pid_t getpgid(pid_t pid) { return (pid_t)__result(__syscall1(pid, SYS_getpgid)); }
int setpgid(pid_t pid, pid_t group) { return (int)__result(__syscall2(pid, group, SYS_setpgid)); }
pid_t getpgrp(void) { return getpgid(0); }
int setpgrp(void) { return setpgid(0, 0); }
pid_t getsid(pid_t pid) { return (pid_t)__result(__syscall1(pid, SYS_getsid)); }
pid_t setsid(void) { return (pid_t)__result(__syscall0(SYS_setsid)); }
uid_t getuid(void) { return (uid_t)__syscall0(SYS_getuid); }
uid_t geteuid(void) { return (uid_t)__syscall0(SYS_geteuid); }
gid_t getgid(void) { return (gid_t)__syscall0(SYS_getgid); }
gid_t getegid(void) { return (gid_t)__syscall0(SYS_getegid); }
int setuid(uid_t id) { return (int)__result(__syscall1(id, SYS_setuid)); }
int setgid(gid_t id) { return (int)__result(__syscall1(id, SYS_setgid)); }

pid_t wait4(pid_t pid, int *status, int options, struct rusage *usage) {
  return (pid_t)__result(__cancellable(pid, (long)status, options, (long)usage, 0, 0, SYS_wait4));
}
pid_t wait3(int *status, int options, struct rusage *usage) {
  return wait4(-1, status, options, usage);
}
pid_t waitpid(pid_t pid, int *status, int options) { return wait4(pid, status, options, 0); }
pid_t wait(int *status) { return wait4(-1, status, 0, 0); }
int waitid(idtype_t type, id_t id, siginfo_t *info, int options) {
  return (int)__result(__cancellable(type, id, (long)info, options, 0, 0, SYS_waitid));
}

int sched_yield(void) { return (int)__result(__syscall0(SYS_sched_yield)); }
int uname(struct utsname *to) { return (int)__result(__syscall1((long)to, SYS_uname)); }
int sysinfo(struct sysinfo *to) { return (int)__result(__syscall1((long)to, SYS_sysinfo)); }
clock_t times(struct tms *to) { return __result(__syscall1((long)to, SYS_times)); }
int prlimit(pid_t pid, int resource, const struct rlimit *from, struct rlimit *to) {
  return (int)__result(__syscall4(pid, resource, (long)from, (long)to, SYS_prlimit64));
}
int getrlimit(int resource, struct rlimit *to) { return prlimit(0, resource, 0, to); }
int setrlimit(int resource, const struct rlimit *from) { return prlimit(0, resource, from, 0); }
int getrusage(int who, struct rusage *to) {
  return (int)__result(__syscall2(who, (long)to, SYS_getrusage));
}
int getpriority(int which, id_t who) {
  long raw = __result(__syscall2(which, who, SYS_getpriority));
  return raw < 0 ? -1 : 20 - (int)raw; /* the kernel answers 20 - priority, never negative */
}
int setpriority(int which, id_t who, int priority) {
  return (int)__result(__syscall3(which, who, priority, SYS_setpriority));
}
int nice(int increment) {
  /* Beyond 40 steps the kernel stops in any case; nothing overflows on the way. */
  int steps = increment > 40 ? 40 : increment < -40 ? -40 : increment;
  if (setpriority(PRIO_PROCESS, 0, getpriority(PRIO_PROCESS, 0) + steps) == 0) return getpriority(PRIO_PROCESS, 0);
  if (errno == EACCES) errno = EPERM;
  return -1;
}
int prctl(int option, ...) {
  va_list arguments;
  va_start(arguments, option);
  long a = va_arg(arguments, long), b = va_arg(arguments, long), c = va_arg(arguments, long),
       d = va_arg(arguments, long);
  va_end(arguments);
  return (int)__result(__syscall5(option, a, b, c, d, SYS_prctl));
}
