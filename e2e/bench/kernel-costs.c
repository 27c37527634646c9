// What the kernel's basic operations cost, in nanoseconds each: the same source runs on this computer's Linux and in
// the machine, so that the ratio says how far the machine is from native. Usage: kernel-costs NAME COUNT
#include <fcntl.h>
#include <linux/futex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000L + t.tv_nsec;
}

static char *self;

static void do_getpid(long count) {
  for (long i = 0; i < count; i++) syscall(SYS_getpid);
}

// Each touch of a fresh page is one minor fault; unmapping is outside the time, see main.
static char *area;
static void do_fault(long count) {
  for (long i = 0; i < count; i++) area[i * 4096] = 1;
}

static void do_mmap(long count) {
  for (long i = 0; i < count; i++) {
    void *p = mmap(0, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    munmap(p, 65536);
  }
}

static void do_fork(long count) {
  for (long i = 0; i < count; i++) {
    pid_t child = fork();
    if (child == 0) _exit(0);
    waitpid(child, 0, 0);
  }
}

static void do_exec(long count) {
  for (long i = 0; i < count; i++) {
    pid_t child = fork();
    if (child == 0) {
      execl(self, self, "nothing", "0", (char *)0);
      _exit(127);
    }
    waitpid(child, 0, 0);
  }
}

static void do_pipe(long count) {
  int there[2], back[2];
  char byte = 'x';
  if (pipe(there) || pipe(back)) exit(1);
  pid_t child = fork();
  if (child == 0) {
    for (long i = 0; i < count; i++)
      if (read(there[0], &byte, 1) != 1 || write(back[1], &byte, 1) != 1) _exit(1);
    _exit(0);
  }
  for (long i = 0; i < count; i++)
    if (write(there[1], &byte, 1) != 1 || read(back[0], &byte, 1) != 1) exit(1);
  waitpid(child, 0, 0);
}

// Two processes hand a number back and forth in one shared page, each sleeping until it is its turn.
static void do_futex(long count) {
  volatile int *turn = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pid_t child = fork();
  int me = child == 0;
  for (long i = 0; i < count; i++) {
    while (*turn != me) syscall(SYS_futex, turn, FUTEX_WAIT, !me, 0, 0, 0);
    *turn = !me;
    syscall(SYS_futex, turn, FUTEX_WAKE, 1, 0, 0, 0);
  }
  if (me) _exit(0);
  waitpid(child, 0, 0);
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  self = argv[0];
  const char *name = argv[1];
  long count = atol(argv[2]);
  if (!strcmp(name, "nothing")) return 0;
  if (!strcmp(name, "fault") || !strcmp(name, "fork-dirty")) {
    size_t bytes = !strcmp(name, "fault") ? (size_t)count * 4096 : 16u << 20;
    area = mmap(0, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (area == MAP_FAILED) return 1;
    // Huge pages would make native Linux take one fault for 512 pages.
    madvise(area, bytes, 15 /* MADV_NOHUGEPAGE */);
    if (!strcmp(name, "fork-dirty"))
      for (size_t at = 0; at < bytes; at += 4096) area[at] = 1;
  }
  long begin = now();
  if (!strcmp(name, "getpid")) do_getpid(count);
  else if (!strcmp(name, "fault")) do_fault(count);
  else if (!strcmp(name, "mmap")) do_mmap(count);
  else if (!strcmp(name, "fork") || !strcmp(name, "fork-dirty")) do_fork(count);
  else if (!strcmp(name, "exec")) do_exec(count);
  else if (!strcmp(name, "pipe")) do_pipe(count);
  else if (!strcmp(name, "futex")) do_futex(count);
  else return 2;
  printf("%ld\n", (now() - begin) / count);
  return 0;
}
