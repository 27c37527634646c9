/*
 * Bad pointers are EFAULT in whichever call: null, unmapped, without rights, beyond user space, across the
 * end of a mapping. intro(2): errno(3) EFAULT.
 */
/* native-only: qemu-user answers EINVAL to a nanosleep that it cannot read */
#include "expect.h"
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>

static int ends[2], file;

static void all(const char *what, void *bad) {
  say("%s\n", what);
  lseek(file, 0, SEEK_SET);
  outcome(" read", syscall(SYS_read, file, bad, 16));
  outcome(" write", syscall(SYS_write, ends[1], bad, 16));
  outcome(" openat", syscall(SYS_openat, AT_FDCWD, bad, O_RDONLY, 0));
  outcome(" fstat", syscall(SYS_fstat, file, bad));
  outcome(" pipe2", syscall(SYS_pipe2, bad, 0));
  outcome(" getcwd", syscall(SYS_getcwd, bad, 4096));
  outcome(" chdir", syscall(SYS_chdir, bad));
  outcome(" mkdirat", syscall(SYS_mkdirat, AT_FDCWD, bad, 0700));
  outcome(" unlinkat", syscall(SYS_unlinkat, AT_FDCWD, bad, 0));
  outcome(" readlinkat", syscall(SYS_readlinkat, AT_FDCWD, bad, bad, 16));
  outcome(" nanosleep", syscall(SYS_nanosleep, bad, NULL));
  outcome(" clock_gettime", syscall(SYS_clock_gettime, CLOCK_REALTIME, bad));
  outcome(" rt_sigprocmask", syscall(SYS_rt_sigprocmask, SIG_BLOCK, bad, NULL, 8));
  outcome(" rt_sigpending", syscall(SYS_rt_sigpending, bad, 8));
  outcome(" uname", syscall(SYS_uname, bad));
  outcome(" getrandom", syscall(SYS_getrandom, bad, 16, 0));
  outcome(" readv", syscall(SYS_readv, file, bad, 2));
  outcome(" execve", syscall(SYS_execve, bad, bad, bad));
  outcome(" getdents64", syscall(SYS_getdents64, open(".", O_RDONLY), bad, 512));
}

int main(void) {
  file = open("file", O_RDWR | O_CREAT, 0600);
  make_letters(file, 100);
  if (pipe(ends) != 0) return 1;
  char *area = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  memset(area, 'x', 3 * PAGE);
  munmap(area + 2 * PAGE, PAGE);
  mprotect(area, PAGE, PROT_NONE);
  all("unmapped", nowhere());
  all("no rights", area);
  all("beyond user space", (void *)((unsigned long)1 << 62));
  all("kernel's half", (void *)-4096L);
  /* Four bytes are there, the rest is not: moving bytes stops short, structures fail. */
  char *edge = area + 2 * PAGE - 4;
  say("across the end\n");
  outcome(" fstat", syscall(SYS_fstat, file, edge));
  outcome(" pipe2", syscall(SYS_pipe2, edge, 0));
  outcome(" uname", syscall(SYS_uname, edge));
  outcome(" path without an end", syscall(SYS_openat, AT_FDCWD, memset(edge, 'p', 4), O_RDONLY, 0));
  return 0;
}
