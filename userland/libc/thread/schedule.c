/* Scheduling of threads and processes (sched(7)): there is one policy, SCHED_OTHER, with the one static priority 0. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>
#include "../start/syscall.h"
#include "thread.h"

int pthread_getschedparam(pthread_t thread, int *restrict policy, struct sched_param *restrict parameters) {
  (void)thread;
  *policy = SCHED_OTHER;
  parameters->sched_priority = 0;
  return 0;
}

int pthread_setschedparam(pthread_t thread, int policy, const struct sched_param *parameters) {
  (void)thread;
  if (policy == SCHED_FIFO || policy == SCHED_RR) return ENOTSUP;
  return policy == SCHED_OTHER && parameters->sched_priority == 0 ? 0 : EINVAL;
}

int pthread_setschedprio(pthread_t thread, int priority) {
  (void)thread;
  return priority == 0 ? 0 : EINVAL;
}

/* A hint for libraries that have more threads than the kernel knows; this one has not. */
static int concurrency;
int pthread_getconcurrency(void) { return concurrency; }
int pthread_setconcurrency(int level) {
  if (level < 0) return EINVAL;
  concurrency = level;
  return 0;
}

int pthread_getcpuclockid(pthread_t thread, clockid_t *clock) {
  if (thread != __self()) return ENOENT;
  *clock = CLOCK_THREAD_CPUTIME_ID;
  return 0;
}

int pthread_setname_np(pthread_t thread, const char *name) {
  if (strlen(name) > 15) return ERANGE;
  if (thread != __self()) return ENOSYS;
  return prctl(PR_SET_NAME, (unsigned long)name) < 0 ? errno : 0;
}

int pthread_getname_np(pthread_t thread, char *name, size_t size) {
  if (size < 16) return ERANGE;
  if (thread == __self()) return prctl(PR_GET_NAME, (unsigned long)name) < 0 ? errno : 0;
  char path[48];
  snprintf(path, sizeof path, "/proc/self/task/%d/comm", thread->tid);
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return errno;
  ssize_t length = read(fd, name, size - 1);
  close(fd);
  if (length < 0) return errno;
  if (length > 0 && name[length - 1] == '\n') length--;
  name[length] = 0;
  return 0;
}

int sched_getaffinity(pid_t pid, size_t size, cpu_set_t *set) {
  long result = __result(__syscall3(pid, (long)size, (long)set, SYS_sched_getaffinity));
  if (result < 0) return -1;
  memset((char *)set + result, 0, size - (size_t)result);
  return 0;
}

int sched_getcpu(void) {
  unsigned cpu;
  return __result(__syscall3((long)&cpu, 0, 0, SYS_getcpu)) < 0 ? -1 : (int)cpu;
}

int sched_get_priority_max(int policy) { return (int)__result(__syscall1(policy, SYS_sched_get_priority_max)); }
int sched_get_priority_min(int policy) { return (int)__result(__syscall1(policy, SYS_sched_get_priority_min)); }
int sched_getscheduler(pid_t pid) { return (int)__result(__syscall1(pid, SYS_sched_getscheduler)); }
int sched_setscheduler(pid_t pid, int policy, const struct sched_param *parameters) {
  return (int)__result(__syscall3(pid, policy, (long)parameters, SYS_sched_setscheduler));
}
int sched_getparam(pid_t pid, struct sched_param *parameters) {
  return (int)__result(__syscall2(pid, (long)parameters, SYS_sched_getparam));
}
int sched_setparam(pid_t pid, const struct sched_param *parameters) {
  return (int)__result(__syscall2(pid, (long)parameters, SYS_sched_setparam));
}

int __cpu_equal(const cpu_set_t *left, const cpu_set_t *right) { return memcmp(left, right, sizeof *left) == 0; }

int __cpu_count(const cpu_set_t *set) {
  int count = 0;
  for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) count += CPU_ISSET(cpu, set);
  return count;
}
