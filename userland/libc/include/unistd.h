/* unistd.h: POSIX's, as far as Linux's calls behind it are in the kernel's table. */
#ifndef _UNISTD_H
#define _UNISTD_H
#include <bits/access.h>
#include <bits/seek.h>
#include <bits/types.h>
#define STDIN_FILENO 0
#define STDOUT_FILENO 1
#define STDERR_FILENO 2
#define _SC_ARG_MAX 0
#define _SC_CLK_TCK 2
#define _SC_OPEN_MAX 4
#define _SC_PAGESIZE 30
#define _SC_PAGE_SIZE 30
#define _SC_NPROCESSORS_CONF 83
#define _SC_NPROCESSORS_ONLN 84
#define _SC_PHYS_PAGES 85
#define _SC_AVPHYS_PAGES 86
#define _POSIX_VDISABLE '\0'
extern char **environ;

ssize_t read(int fd, void *to, size_t size);
ssize_t write(int fd, const void *from, size_t size);
ssize_t pread(int fd, void *to, size_t size, off_t offset);
ssize_t pwrite(int fd, const void *from, size_t size, off_t offset);
off_t lseek(int fd, off_t offset, int whence);
int close(int fd);
int dup(int fd);
int dup2(int from, int to);
int dup3(int from, int to, int flags);
int pipe(int fds[2]);
int pipe2(int fds[2], int flags);
int isatty(int fd);
char *ttyname(int fd);
int ttyname_r(int fd, char *buffer, size_t size);
int fsync(int fd);
int fdatasync(int fd);
void sync(void);
int ftruncate(int fd, off_t size);
int truncate(const char *path, off_t size);

int access(const char *path, int mode);
int faccessat(int directory, const char *path, int mode, int flags);
int chdir(const char *path);
int fchdir(int fd);
int chroot(const char *path);
char *getcwd(char *to, size_t size);
int link(const char *from, const char *to);
int linkat(int from_directory, const char *from, int to_directory, const char *to, int flags);
int symlink(const char *target, const char *path);
int symlinkat(const char *target, int directory, const char *path);
ssize_t readlink(const char *restrict path, char *restrict to, size_t size);
ssize_t readlinkat(int directory, const char *restrict path, char *restrict to, size_t size);
int unlink(const char *path);
int unlinkat(int directory, const char *path, int flags);
int rmdir(const char *path);
int chown(const char *path, uid_t owner, gid_t group);
int fchown(int fd, uid_t owner, gid_t group);
int lchown(const char *path, uid_t owner, gid_t group);

int fchownat(int directory, const char *path, uid_t owner, gid_t group, int flags);
int setreuid(uid_t real, uid_t effective);
int setregid(gid_t real, gid_t effective);
int seteuid(uid_t id);
int setegid(gid_t id);
int getgroups(int count, gid_t *to);
int getresuid(uid_t *real, uid_t *effective, uid_t *saved);
int getresgid(gid_t *real, gid_t *effective, gid_t *saved);
int fexecve(int fd, char *const arguments[], char *const environment[]);
int close_range(unsigned first, unsigned last, int flags);
int syncfs(int fd);
int getdtablesize(void);
#define _PC_LINK_MAX 0
#define _PC_MAX_CANON 1
#define _PC_MAX_INPUT 2
#define _PC_NAME_MAX 3
#define _PC_PATH_MAX 4
#define _PC_PIPE_BUF 5
#define _PC_CHOWN_RESTRICTED 6
#define _PC_NO_TRUNC 7
#define _PC_VDISABLE 8
long pathconf(const char *path, int name);
long fpathconf(int fd, int name);
char *get_current_dir_name(void);
char *getlogin(void);
int getlogin_r(char *to, size_t size);
int daemon(int keeps_folder, int keeps_files);
void swab(const void *restrict from, void *restrict to, ssize_t size);
pid_t fork(void);
pid_t vfork(void);
int execve(const char *path, char *const arguments[], char *const environment[]);
int execv(const char *path, char *const arguments[]);
int execvp(const char *file, char *const arguments[]);
int execvpe(const char *file, char *const arguments[], char *const environment[]);
int execl(const char *path, const char *argument, ...);
int execlp(const char *file, const char *argument, ...);
int execle(const char *path, const char *argument, ...);
_Noreturn void _exit(int status);
pid_t getpid(void);
pid_t getppid(void);
pid_t gettid(void);
pid_t getpgid(pid_t pid);
int setpgid(pid_t pid, pid_t group);
pid_t getpgrp(void);
int setpgrp(void);
pid_t getsid(pid_t pid);
pid_t setsid(void);
pid_t tcgetpgrp(int fd);
int tcsetpgrp(int fd, pid_t group);
uid_t getuid(void);
uid_t geteuid(void);
gid_t getgid(void);
gid_t getegid(void);
int setuid(uid_t id);
int setgid(gid_t id);
int nice(int increment);
int pause(void);
unsigned alarm(unsigned seconds);
unsigned sleep(unsigned seconds);
int usleep(useconds_t microseconds);
int brk(void *end);
void *sbrk(intptr_t increment);
long sysconf(int name);
int getpagesize(void);
int gethostname(char *to, size_t size);
long syscall(long number, ...);
int getentropy(void *to, size_t size);

extern char *optarg;
extern int optind, opterr, optopt;
int getopt(int count, char *const arguments[], const char *options);
#endif
