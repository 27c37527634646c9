/* sysconf(3): what the system can do and how much of it. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <sys/auxv.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <unistd.h>

int getpagesize(void) { return (int)getauxval(AT_PAGESZ); }

/* -1 without an error: there is no limit. */
static long limit(int resource) {
  struct rlimit now;
  return getrlimit(resource, &now) < 0 || now.rlim_cur == RLIM_INFINITY ? -1 : (long)now.rlim_cur;
}

static long pages(int are_free) {
  struct sysinfo info;
  return sysinfo(&info) < 0 ? -1 : (long)((are_free ? info.freeram : info.totalram) * info.mem_unit / 4096);
}

long sysconf(int name) {
  switch (name) {
    case _SC_PAGESIZE: return getpagesize();
    case _SC_CLK_TCK: return (long)getauxval(AT_CLKTCK);
    case _SC_NPROCESSORS_CONF:
    case _SC_NPROCESSORS_ONLN: return 1;
    case _SC_PHYS_PAGES: return pages(0);
    case _SC_AVPHYS_PAGES: return pages(1);
    case _SC_OPEN_MAX: return limit(RLIMIT_NOFILE);
    case _SC_CHILD_MAX: return limit(RLIMIT_NPROC);
    case _SC_ARG_MAX: return ARG_MAX;
    case _SC_NGROUPS_MAX: return NGROUPS_MAX;
    case _SC_STREAM_MAX: return FOPEN_MAX;
    case _SC_TZNAME_MAX: return 15;
    case _SC_RTSIG_MAX: return RTSIG_MAX;
    case _SC_SEM_VALUE_MAX: return SEM_VALUE_MAX;
    case _SC_IOV_MAX: return IOV_MAX;
    case _SC_LOGIN_NAME_MAX: return LOGIN_NAME_MAX;
    case _SC_TTY_NAME_MAX: return TTY_NAME_MAX;
    case _SC_HOST_NAME_MAX: return HOST_NAME_MAX;
    case _SC_GETGR_R_SIZE_MAX:
    case _SC_GETPW_R_SIZE_MAX: return 1024;
    case _SC_THREAD_DESTRUCTOR_ITERATIONS: return PTHREAD_DESTRUCTOR_ITERATIONS;
    case _SC_THREAD_KEYS_MAX: return PTHREAD_KEYS_MAX;
    case _SC_THREAD_STACK_MIN: return PTHREAD_STACK_MIN;
    case _SC_ATEXIT_MAX: return 32;
    case _SC_SIGQUEUE_MAX:
    case _SC_SEM_NSEMS_MAX:
    case _SC_SYMLOOP_MAX:
    case _SC_THREAD_THREADS_MAX: return -1;
    case _SC_JOB_CONTROL: return _POSIX_JOB_CONTROL;
    case _SC_SAVED_IDS: return _POSIX_SAVED_IDS;
    case _SC_REALTIME_SIGNALS: return _POSIX_REALTIME_SIGNALS;
    case _SC_SYNCHRONIZED_IO: return _POSIX_SYNCHRONIZED_IO;
    case _SC_FSYNC: return _POSIX_FSYNC;
    case _SC_MAPPED_FILES: return _POSIX_MAPPED_FILES;
    case _SC_MEMLOCK: return _POSIX_MEMLOCK;
    case _SC_MEMLOCK_RANGE: return _POSIX_MEMLOCK_RANGE;
    case _SC_MEMORY_PROTECTION: return _POSIX_MEMORY_PROTECTION;
    case _SC_SEMAPHORES: return _POSIX_SEMAPHORES;
    case _SC_SHARED_MEMORY_OBJECTS: return _POSIX_SHARED_MEMORY_OBJECTS;
    case _SC_VERSION: return _POSIX_VERSION;
    case _SC_THREADS: return _POSIX_THREADS;
    case _SC_THREAD_SAFE_FUNCTIONS: return _POSIX_THREAD_SAFE_FUNCTIONS;
    case _SC_THREAD_ATTR_STACKADDR: return _POSIX_THREAD_ATTR_STACKADDR;
    case _SC_THREAD_ATTR_STACKSIZE: return _POSIX_THREAD_ATTR_STACKSIZE;
    case _SC_THREAD_PROCESS_SHARED: return _POSIX_THREAD_PROCESS_SHARED;
    case _SC_BARRIERS: return _POSIX_BARRIERS;
    case _SC_CLOCK_SELECTION: return _POSIX_CLOCK_SELECTION;
    case _SC_CPUTIME: return _POSIX_CPUTIME;
    case _SC_THREAD_CPUTIME: return _POSIX_THREAD_CPUTIME;
    case _SC_MONOTONIC_CLOCK: return _POSIX_MONOTONIC_CLOCK;
    case _SC_READER_WRITER_LOCKS: return _POSIX_READER_WRITER_LOCKS;
    case _SC_SPIN_LOCKS: return _POSIX_SPIN_LOCKS;
    case _SC_REGEXP: return _POSIX_REGEXP;
    case _SC_SHELL: return _POSIX_SHELL;
    case _SC_SPAWN: return _POSIX_SPAWN;
    case _SC_TIMEOUTS: return _POSIX_TIMEOUTS;
    case _SC_PRIORITY_SCHEDULING: return _POSIX_PRIORITY_SCHEDULING;
    case _SC_TIMERS: return _POSIX_TIMERS;
    case _SC_ASYNCHRONOUS_IO: return _POSIX_ASYNCHRONOUS_IO;
    case _SC_MESSAGE_PASSING: return _POSIX_MESSAGE_PASSING;
    case _SC_THREAD_PRIORITY_SCHEDULING: return _POSIX_THREAD_PRIORITY_SCHEDULING;
    case _SC_THREAD_PRIO_INHERIT: return _POSIX_THREAD_PRIO_INHERIT;
    case _SC_THREAD_PRIO_PROTECT: return _POSIX_THREAD_PRIO_PROTECT;
    default: errno = EINVAL; return -1;
  }
}
