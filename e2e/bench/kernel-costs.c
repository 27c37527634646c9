// What the kernel's basic operations cost, in nanoseconds each: the same source runs on this computer's Linux and in
// the machine, so that the ratio says how far the machine is from native. Usage: kernel-costs NAME COUNT WARM-UP [BATCHES]
//
// Prints two numbers: the mean of the first COUNT operations, then, after WARM-UP more, the mean of another COUNT. Native
// Linux was compiled long ago; here the host compiles the kernel's code while it runs, so the first operations after a
// boot are slower than all later ones.
//
// With BATCHES it prints one number: the mean of COUNT operations in the batch that a tenth of so many was faster than. When
// others use the computer too, that is a batch which nobody disturbed.
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

// Each touch of a fresh page is one minor fault. Giving the pages back is outside the time.
enum { AREA_PAGES = 2048 };
static char *area;
static long given_back;
static void do_fault(long count) {
  for (long i = 0; i < count; i++) {
    if (i > 0 && i % AREA_PAGES == 0) {
      long begin = now();
      madvise(area, AREA_PAGES * 4096l, MADV_DONTNEED);
      given_back += now() - begin;
    }
    area[i % AREA_PAGES * 4096] = 1;
  }
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
      execl(self, self, "nothing", (char *)0);
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
  for (int end = 0; end < 2; end++) close(there[end]), close(back[end]);
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

static const struct {
  const char *name;
  void (*run)(long count);
} operations[] = {
    {"getpid", do_getpid}, {"fault", do_fault}, {"mmap", do_mmap}, {"fork", do_fork}, {"fork-dirty", do_fork},
    {"exec", do_exec},     {"pipe", do_pipe},   {"futex", do_futex},
};

// Nanoseconds of one operation, the mean of `count`.
static long measure(void (*run)(long count), long count) {
  if (run == do_fault) madvise(area, AREA_PAGES * 4096l, MADV_DONTNEED);
  given_back = 0;
  long begin = now();
  run(count);
  return (now() - begin - given_back) / count;
}

static int by_size(const void *a, const void *b) {
  long x = *(const long *)a, y = *(const long *)b;
  return (x > y) - (x < y);
}

static long undisturbed(void (*run)(long count), long count, long batches) {
  long *means = malloc(batches * sizeof *means);
  if (!means) exit(1);
  for (long i = 0; i < batches; i++) means[i] = measure(run, count);
  qsort(means, batches, sizeof *means, by_size);
  return means[batches / 10];
}

int main(int argc, char **argv) {
  self = argv[0];
  if (argc == 2) return 0;  // what do_exec starts
  if (argc < 4) return 2;
  const char *name = argv[1];
  long count = atol(argv[2]), warm_up = atol(argv[3]), batches = argc > 4 ? atol(argv[4]) : 0;
  int dirty = !strcmp(name, "fork-dirty");
  if (dirty || !strcmp(name, "fault")) {
    size_t bytes = dirty ? 16u << 20 : AREA_PAGES * 4096u;
    area = mmap(0, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (area == MAP_FAILED) return 1;
    // Huge pages would make native Linux take one fault for 512 pages.
    madvise(area, bytes, 15 /* MADV_NOHUGEPAGE */);
    if (dirty)
      for (size_t at = 0; at < bytes; at += 4096) area[at] = 1;
  }
  for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
    if (strcmp(name, operations[i].name)) continue;
    long first = measure(operations[i].run, count);
    if (warm_up > 0) measure(operations[i].run, warm_up);
    if (batches > 0) {
      printf("%ld\n", undisturbed(operations[i].run, count, batches));
      return 0;
    }
    printf("%ld %ld\n", first, measure(operations[i].run, count));
    return 0;
  }
  return 2;
}
