/* What of <unistd.h> fits nowhere else: identities, limits of paths, and old names. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <unistd.h>
#include <utime.h>
#include "../start/syscall.h"

int setreuid(uid_t real, uid_t effective) { return (int)__result(__syscall2(real, effective, SYS_setreuid)); }
int setregid(gid_t real, gid_t effective) { return (int)__result(__syscall2(real, effective, SYS_setregid)); }
int seteuid(uid_t id) { return setreuid((uid_t)-1, id); }
int setegid(gid_t id) { return setregid((gid_t)-1, id); }
int getgroups(int count, gid_t *to) { return (int)__result(__syscall2(count, (long)to, SYS_getgroups)); }

int getresuid(uid_t *real, uid_t *effective, uid_t *saved) {
  return (int)__result(__syscall3((long)real, (long)effective, (long)saved, SYS_getresuid));
}

int getresgid(gid_t *real, gid_t *effective, gid_t *saved) {
  return (int)__result(__syscall3((long)real, (long)effective, (long)saved, SYS_getresgid));
}

int fchownat(int directory, const char *path, uid_t owner, gid_t group, int flags) {
  return (int)__result(__syscall5(directory, (long)path, owner, group, flags, SYS_fchownat));
}

int fexecve(int fd, char *const arguments[], char *const environment[]) {
  return (int)__result(__syscall5(fd, (long)"", (long)arguments, (long)environment, AT_EMPTY_PATH, SYS_execveat));
}

int close_range(unsigned first, unsigned last, int flags) { return (int)__result(__syscall3(first, last, flags, SYS_close_range)); }
int syncfs(int fd) { return (int)__result(__syscall1(fd, SYS_syncfs)); }
int mkfifoat(int directory, const char *path, mode_t mode) { return mknodat(directory, path, mode | S_IFIFO, 0); }

int getdtablesize(void) { return (int)sysconf(_SC_OPEN_MAX); }

long pathconf(const char *path, int name) {
  struct stat s;
  return stat(path, &s) < 0 ? -1 : fpathconf(-1, name);
}

long fpathconf(int fd, int name) {
  (void)fd;
  switch (name) {
    case _PC_NAME_MAX: return NAME_MAX;
    case _PC_PATH_MAX: return PATH_MAX;
    case _PC_PIPE_BUF: return PIPE_BUF;
    case _PC_LINK_MAX: return 127;
    case _PC_MAX_CANON:
    case _PC_MAX_INPUT: return 255;
    case _PC_NO_TRUNC:
    case _PC_CHOWN_RESTRICTED: return 1;
    case _PC_VDISABLE: return 0;
    default: errno = EINVAL; return -1;
  }
}

char *get_current_dir_name(void) { return getcwd(0, 0); }

char *ctermid(char *to) {
  static char path[] = "/dev/tty";
  return to ? strcpy(to, path) : path;
}

int getlogin_r(char *to, size_t size) {
  const char *name = getlogin();
  if (!name) return ENOENT;
  return strlcpy(to, name, size) < size ? 0 : ERANGE;
}

int daemon(int keeps_folder, int keeps_files) {
  pid_t pid = fork();
  if (pid < 0) return -1;
  if (pid > 0) _exit(0);
  if (setsid() < 0 || (!keeps_folder && chdir("/") < 0)) return -1;
  int fd = keeps_files ? -1 : open("/dev/null", O_RDWR);
  if (keeps_files) return 0;
  if (fd < 0) return -1;
  for (int at = 0; at < 3; at++) dup2(fd, at);
  if (fd > 2) close(fd);
  return 0;
}

int utimes(const char *path, const struct timeval times[2]) {
  struct timespec exact[2];
  for (int at = 0; times && at < 2; at++) exact[at] = (struct timespec){times[at].tv_sec, times[at].tv_usec * 1000};
  return utimensat(AT_FDCWD, path, times ? exact : 0, 0);
}

int utime(const char *path, const struct utimbuf *times) {
  struct timespec exact[2];
  if (times) exact[0] = (struct timespec){times->actime, 0}, exact[1] = (struct timespec){times->modtime, 0};
  return utimensat(AT_FDCWD, path, times ? exact : 0, 0);
}
