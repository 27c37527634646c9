// What swapping costs whom, as seen from inside the machine. Each mode prints one line of numbers (e2e/bench/swap.ts).
//
//   stream MEGABYTES RAM      fills memory, then reads it twice: pages a second that go out and come in while it goes on
//   latency MEGABYTES COUNT   one page here and one there, never two of a cluster: what each had to wait for
//   pingpong MEGABYTES        two processes wake each other by futexes while a third fills memory (0: there is no third)
//   reclaim RAM TOUCHES       first touches while frames are free, and while one must be freed for each
#include <fcntl.h>
#include <linux/futex.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PAGE = 4096, WORDS = PAGE / 8, CLUSTER = 64 };
#define MEGABYTE 1048576L

static long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000L + t.tv_nsec;
}

static char *reserve(long bytes) {
  char *area = mmap(0, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (area == MAP_FAILED) exit(1);
  return area;
}

// Fills a page with numbers that nobody can compress, the first of which says which page it is.
static void fill(char *page, long index) {
  uint64_t *words = (uint64_t *)page, value = index * 0x9e3779b97f4a7c15u + 1;
  words[0] = index + 1;
  for (int i = 1; i < WORDS; i++) {
    words[i] = value;
    value = value * 6364136223846793005u + 1442695040888963407u;
  }
}

static void check(const char *page, long index) {
  if (*(const uint64_t *)page != (uint64_t)index + 1) {
    fprintf(stderr, "page %ld is not what was written\n", index);
    exit(1);
  }
}

// Pages that went out and that came in, read ahead or not, since the machine started.
struct counts {
  long time, out, in;
};
static struct counts counts(void) {
  static char text[4096];
  int file = open("/proc/vmstat", O_RDONLY);
  ssize_t length = read(file, text, sizeof text - 1);
  if (length < 0) exit(1);
  close(file);
  text[length] = 0;
  struct counts c = {now(), 0, 0};
  char *out = strstr(text, "pswpout "), *in = strstr(text, "pswpin ");
  if (!out || !in) exit(1);
  c.out = atol(out + 8);
  c.in = atol(in + 7);
  return c;
}

// Prints, of the time from `from` to now, how long it was, and how many pages went out and came in.
static void print_since(struct counts from) {
  struct counts c = counts();
  printf("%ld %ld %ld ", c.time - from.time, c.out - from.out, c.in - from.in);
}

static void read_all(const char *area, long pages) {
  for (long i = 0; i < pages; i++) check(area + i * PAGE, i);
}

static void stream(long pages, long ram) {
  char *area = reserve(pages * PAGE);
  long i = 0;
  for (; i < ram + ram / 2; i++) fill(area + i * PAGE, i);
  struct counts begin = counts();
  for (; i < pages; i++) fill(area + i * PAGE, i);
  print_since(begin);
  // The first time, what was written last goes out meanwhile.
  read_all(area, pages);
  begin = counts();
  read_all(area, pages);
  print_since(begin);
}

static int by_size(const void *a, const void *b) {
  long x = *(const long *)a, y = *(const long *)b;
  return (x > y) - (x < y);
}

static void latency(long pages, long count) {
  char *area = reserve(pages * PAGE);
  for (long i = 0; i < pages; i++) fill(area + i * PAGE, i);
  // From now on everything is stored.
  read_all(area, pages);
  long *waits = malloc(count * sizeof *waits), found = 0, places = pages / CLUSTER;
  // A stride that has nothing in common with the number of clusters comes to all of them.
  long stride = places * 5 / 8 | 1;
  for (long i = 0; i < places && found < count; i++) {
    long page = i * stride % places * CLUSTER + i * 13 % CLUSTER;
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    long begin = now();
    check(area + page * PAGE, page);
    long end = now();
    getrusage(RUSAGE_SELF, &after);
    if (after.ru_majflt > before.ru_majflt) waits[found++] = end - begin;
  }
  qsort(waits, found, sizeof *waits, by_size);
  printf("%ld %ld %ld %ld", found, waits[found / 2], waits[found * 9 / 10], waits[found - 1]);
}

// Wakes the other process so often and waits for it each time; returns how many nanoseconds the longest round took.
static volatile int *turn;
static long bounce(int me, long count) {
  long last = now(), longest = 0;
  for (long i = 0; i < count; i++) {
    while (*turn != me) syscall(SYS_futex, turn, FUTEX_WAIT, !me, 0, 0, 0);
    *turn = !me;
    syscall(SYS_futex, turn, FUTEX_WAKE, 1, 0, 0, 0);
    long time = now();
    if (time - last > longest) longest = time - last;
    last = time;
  }
  return longest;
}

static void pingpong(long pages) {
  enum { WARM_UP = 20000, ROUNDS = 100, SECONDS = 3 };
  volatile int *shared = mmap(0, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) exit(1);
  turn = shared;
  pid_t swapper = pages > 0 ? fork() : -1;
  if (swapper == 0) {
    char *area = reserve(pages * PAGE);
    for (long pass = 0;; pass++) {
      for (long i = 0; i < pages; i++) fill(area + i * PAGE, i);
      shared[1] = 1;
    }
  }
  // It shall swap from the beginning to the end of the measurement.
  while (pages > 0 && !shared[1]) usleep(10000);
  pid_t partner = fork();
  if (partner == 0)
    for (;;) bounce(1, ROUNDS);
  bounce(0, WARM_UP);
  long begin = now(), end, rounds = 0, longest = 0;
  struct counts from = counts();
  do {
    long round = bounce(0, ROUNDS);
    if (round > longest) longest = round;
    rounds += ROUNDS;
    end = now();
  } while (end - begin < SECONDS * 1000000000L);
  printf("%ld %ld ", rounds * 1000000000L / (end - begin), longest);
  print_since(from);
  kill(partner, SIGKILL);
  if (swapper > 0) kill(swapper, SIGKILL);
}

static void reclaim(long ram, long touches) {
  enum { BATCH = 1024, ROUNDS = 64 };
  // All of RAM is touched once, so that the host's own first touch of it is over, and half of it stays in use.
  char *area = reserve((ram + 2 * touches) * PAGE), *fresh = area + ram / 2 * PAGE;
  for (long i = 0; i < ram - ram / 8; i++) area[i * PAGE] = 1;
  madvise(fresh, (ram / 2 - ram / 8) * PAGE, MADV_DONTNEED);
  long fault = 0;
  for (int round = 0; round < 2 * ROUNDS; round++) {
    if (round == ROUNDS) fault = 0;
    long begin = now();
    for (long i = 0; i < BATCH; i++) fresh[i * PAGE] = 1;
    fault += now() - begin;
    madvise(fresh, BATCH * PAGE, MADV_DONTNEED);
  }
  // Once RAM is full each page needs another's frame, which must be written first. The first ones are for the host to
  // compile the kernel's paths.
  long i = ram / 2;
  for (; i < ram + touches; i++) area[i * PAGE] = 1;
  struct counts begin = counts();
  for (; i < ram + 2 * touches; i++) area[i * PAGE] = 1;
  struct counts end = counts();
  printf("%ld %ld %ld", fault / (BATCH * ROUNDS), (end.time - begin.time) / touches, end.out - begin.out);
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  long first = atol(argv[2]), second = argc > 3 ? atol(argv[3]) : 0;
  long pages = first * (MEGABYTE / PAGE);
  if (!strcmp(argv[1], "stream")) stream(pages, second * (MEGABYTE / PAGE));
  else if (!strcmp(argv[1], "latency")) latency(pages, second);
  else if (!strcmp(argv[1], "pingpong")) pingpong(pages);
  else if (!strcmp(argv[1], "reclaim")) reclaim(pages, second);
  else return 2;
  printf("\n");
  return 0;
}
