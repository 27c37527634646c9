/* Old and rarely used names over calls that other files have: limits, identities, terminals' sizes and speeds, times. */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <sys/time.h>
#include <termios.h>
#include <time.h>
#include <ulimit.h>
#include <unistd.h>
#include "../start/syscall.h"

long ulimit(int command, ...) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_FSIZE, &limit) < 0) return -1;
  if (command == UL_GETFSIZE) return limit.rlim_cur == RLIM_INFINITY ? LONG_MAX : (long)(limit.rlim_cur / 512);
  if (command != UL_SETFSIZE) {
    errno = EINVAL;
    return -1;
  }
  va_list arguments;
  va_start(arguments, command);
  long blocks = va_arg(arguments, long);
  va_end(arguments);
  limit.rlim_cur = limit.rlim_max = (unsigned long)blocks > LONG_MAX / 512 ? RLIM_INFINITY : (unsigned long)blocks * 512;
  return setrlimit(RLIMIT_FSIZE, &limit) < 0 ? -1 : blocks;
}

int setresuid(uid_t real, uid_t effective, uid_t saved) { return (int)__result(__syscall3(real, effective, saved, SYS_setresuid)); }
int setresgid(gid_t real, gid_t effective, gid_t saved) { return (int)__result(__syscall3(real, effective, saved, SYS_setresgid)); }
int eaccess(const char *path, int mode) { return faccessat(AT_FDCWD, path, mode, AT_EACCESS); }
int euidaccess(const char *path, int mode) { return eaccess(path, mode); }
int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
  return (int)__result(__syscall5(from_folder, (long)from, to_folder, (long)to, flags, SYS_renameat2));
}
ssize_t sendfile(int to, int from, off_t *offset, size_t count) {
  return __result(__syscall4(to, from, (long)offset, (long)count, SYS_sendfile));
}

unsigned ualarm(unsigned first, unsigned interval) {
  struct itimerval value = {.it_interval = {interval / 1000000, interval % 1000000}, .it_value = {first / 1000000, first % 1000000}}, old;
  return setitimer(ITIMER_REAL, &value, &old) < 0 ? 0 : (unsigned)(old.it_value.tv_sec * 1000000 + old.it_value.tv_usec);
}

int futimes(int fd, const struct timeval times[2]) {
  struct timespec exact[2];
  for (int at = 0; times && at < 2; at++) exact[at] = (struct timespec){times[at].tv_sec, times[at].tv_usec * 1000};
  return futimens(fd, times ? exact : 0);
}

int lutimes(const char *path, const struct timeval times[2]) {
  struct timespec exact[2];
  for (int at = 0; times && at < 2; at++) exact[at] = (struct timespec){times[at].tv_sec, times[at].tv_usec * 1000};
  return utimensat(AT_FDCWD, path, times ? exact : 0, AT_SYMLINK_NOFOLLOW);
}

int clock_getcpuclockid(pid_t pid, clockid_t *clock) {
  if (pid != 0 && pid != getpid()) return kill(pid, 0) < 0 && errno == ESRCH ? ESRCH : ENOSYS;
  *clock = CLOCK_PROCESS_CPUTIME_ID;
  return 0;
}

int tcgetwinsize(int fd, struct winsize *to) { return ioctl(fd, TIOCGWINSZ, to); }
int tcsetwinsize(int fd, const struct winsize *from) { return ioctl(fd, TIOCSWINSZ, from); }

speed_t cfgetospeed(const struct termios *from) { return from->c_cflag & CBAUD; }
speed_t cfgetispeed(const struct termios *from) { return cfgetospeed(from); }
int cfsetospeed(struct termios *to, speed_t speed) {
  if (speed & ~(speed_t)CBAUD) {
    errno = EINVAL;
    return -1;
  }
  to->c_cflag = (to->c_cflag & ~(tcflag_t)CBAUD) | speed;
  return 0;
}
/* Speed 0 of the input means that of the output, and there is no other. */
int cfsetispeed(struct termios *to, speed_t speed) { return speed == 0 ? 0 : cfsetospeed(to, speed); }
int cfsetspeed(struct termios *to, speed_t speed) { return cfsetospeed(to, speed); }

int get_nprocs(void) { return (int)sysconf(_SC_NPROCESSORS_ONLN); }
int get_nprocs_conf(void) { return (int)sysconf(_SC_NPROCESSORS_CONF); }
long get_phys_pages(void) { return sysconf(_SC_PHYS_PAGES); }
long get_avphys_pages(void) { return sysconf(_SC_AVPHYS_PAGES); }

size_t confstr(int name, char *to, size_t room) {
  if (name != _CS_PATH) {
    errno = EINVAL;
    return 0;
  }
  return strlcpy(to ? to : (char[1]){0}, "/bin:/usr/bin", to ? room : 0) + 1;
}

int posix_fallocate(int fd, off_t offset, off_t size) {
  struct stat status;
  if (offset < 0 || size <= 0) return EINVAL;
  if (fstat(fd, &status) < 0) return errno;
  if (S_ISFIFO(status.st_mode)) return ESPIPE;
  if (!S_ISREG(status.st_mode)) return ENODEV;
  /* A file of memory has the room when it has the pages: one byte in each is written as it was. */
  for (off_t at = offset; at < offset + size; at = (at / 4096 + 1) * 4096) {
    char byte = 0;
    if (at < status.st_size && pread(fd, &byte, 1, at) < 0) return errno;
    if ((at >= status.st_size || byte == 0) && pwrite(fd, &byte, 1, at) != 1) return errno;
  }
  if (offset + size > status.st_size && pwrite(fd, "", 1, offset + size - 1) != 1) return errno;
  return 0;
}

/* An advice: there is nothing that the kernel would do with it. */
int posix_fadvise(int fd, off_t offset, off_t size, int advice) {
  (void)offset;
  struct stat status;
  if (fstat(fd, &status) < 0) return EBADF;
  if (S_ISFIFO(status.st_mode)) return ESPIPE;
  return advice < POSIX_FADV_NORMAL || advice > POSIX_FADV_NOREUSE || size < 0 ? EINVAL : 0;
}
