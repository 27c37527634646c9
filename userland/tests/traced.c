/* What strace is to show: calls with every kind of argument, made by number so that no library stands between. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static char bytes[64];

int main(void) {
  struct stat about;
  struct timespec moment = {0, 1000}, times[2] = {{1, 2}, {3, 4}};
  struct iovec vectors[2] = {{"abc", 3}, {"de\n", 3}};
  struct rlimit limit;
  int ends[2], status;
  unsigned long set = 1UL << (SIGINT - 1) | 1UL << (SIGCHLD - 1), all = ~0UL, old;
  syscall(SYS_getppid, 0);
  long fd = syscall(SYS_openat, AT_FDCWD, "traced-file", O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
  syscall(SYS_write, fd, "tab\t, quote\", back\\slash, \1\0012, \377, and much more of it", 54);
  syscall(SYS_writev, fd, vectors, 2);
  syscall(SYS_lseek, fd, 0, SEEK_SET);
  syscall(SYS_read, fd, bytes, 5);
  syscall(SYS_pread64, fd, bytes, sizeof bytes, 50);
  syscall(SYS_fcntl, fd, F_GETFD);
  syscall(SYS_fcntl, fd, F_SETFD, 0);
  syscall(SYS_fcntl, fd, F_SETFL, O_APPEND | O_NONBLOCK);
  syscall(SYS_fchmod, fd, 0600);
  syscall(SYS_ftruncate, fd, 7);
  syscall(SYS_fstat, fd, &about);
  syscall(SYS_utimensat, AT_FDCWD, "traced-file", times, 0);
  syscall(SYS_faccessat, AT_FDCWD, "traced-file", R_OK | W_OK);
  syscall(SYS_openat, AT_FDCWD, "/nowhere/at all", O_RDONLY);
  syscall(SYS_openat, AT_FDCWD, 0L, O_WRONLY | O_APPEND);
  syscall(SYS_mkdirat, AT_FDCWD, "traced-dir", 0755);
  syscall(SYS_symlinkat, "target", AT_FDCWD, "traced-dir/link");
  syscall(SYS_readlinkat, AT_FDCWD, "traced-dir/link", bytes, sizeof bytes);
  syscall(SYS_unlinkat, AT_FDCWD, "traced-dir/link", 0);
  syscall(SYS_unlinkat, AT_FDCWD, "traced-dir", AT_REMOVEDIR);
  syscall(SYS_unlinkat, AT_FDCWD, "traced-file", 0);
  syscall(SYS_close, fd);
  syscall(SYS_close, 99);
  syscall(SYS_pipe2, ends, O_CLOEXEC);
  struct pollfd polls[2] = {{ends[0], POLLIN, 0}, {ends[1], POLLOUT, 0}};
  syscall(SYS_ppoll, polls, 2, 0L, 0L, 8);
  syscall(SYS_dup3, ends[0], 20, 0);
  syscall(SYS_mmap, 0L, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  syscall(SYS_mmap, 0L, 4096, PROT_NONE, MAP_SHARED, 99, 4096);
  syscall(SYS_madvise, 0L, 0, MADV_DONTNEED);
  syscall(SYS_nanosleep, &moment, 0L);
  syscall(SYS_clock_gettime, CLOCK_REALTIME, -1L);
  syscall(SYS_clock_nanosleep, CLOCK_MONOTONIC, 0, &moment, 0L);
  syscall(SYS_rt_sigprocmask, SIG_BLOCK, &set, &old, 8);
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all, &old, 8);
  syscall(SYS_rt_sigprocmask, SIG_SETMASK, &old, 0L, 8);
  syscall(SYS_rt_sigprocmask, SIG_UNBLOCK, &set, 0L, 8);
  syscall(SYS_prlimit64, 0, RLIMIT_CORE, 0L, &limit);
  syscall(SYS_umask, 022);
  syscall(SYS_getrandom, bytes, 0, 1);
  syscall(SYS_tgkill, 1000000, 1000000, SIGTERM);
  if (fork() == 0) syscall(SYS_exit_group, 3);
  syscall(SYS_wait4, -1, &status, 0, 0L);
  syscall(SYS_wait4, -1, &status, WNOHANG | WUNTRACED, 0L);
  syscall(SYS_sched_yield);
  syscall(SYS_kill, syscall(SYS_getpid), SIGUSR1);
  return 0;
}
