/* sums: a test of memory under load. PROCESSES children have SIZE together;
   each fills its share with random bytes, keeps a checksum of each page, and
   until SECONDS are over rewrites some pages and compares others. Now and then
   it forks a child that compares pages as they were at that moment, while it
   goes on writing; and two neighbours by turns each compare and rewrite a piece
   of shared memory. At the end everything is compared once more.

   usage: sums PROCESSES SIZE[k|m|g] SECONDS */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PAGE 4096UL
#define MOST 64            /* children */
#define SHARED_PAGES 32    /* that two neighbours share */
#define SNAPSHOT_PAGES 64  /* that a snapshot compares */
#define SNAPSHOT_EVERY 200 /* steps */

/* What a child reports, in memory that it shares with its parent. */
struct report {
  unsigned long rewritten, compared, snapshots, turns;
  const char *wrong; /* what was wrong, if something was */
  void *at;          /* and where */
};

/* What two neighbours share: who has the turn may touch the pages, which hold
   the words of this round. An odd last child is its own neighbour. */
struct shared {
  int turn, sides;
  unsigned long round;
  unsigned char pages[SHARED_PAGES][PAGE] __attribute__((aligned(4096)));
};

static struct report *report;
static unsigned char *memory;
static unsigned long pages;
static uint64_t *sums;
static uint64_t state; /* of the random numbers */

static uint64_t dice(void) {
  state ^= state << 13;
  state ^= state >> 7;
  return state ^= state << 17;
}

static void *map(unsigned long size, int flags) {
  void *at = mmap(NULL, size, PROT_READ | PROT_WRITE, flags | MAP_ANONYMOUS,
                  -1, 0);
  if (at != MAP_FAILED) return at;
  perror("sums: mmap");
  exit(1);
}

static void wrong(const char *what, void *at) {
  report->at = at;
  report->wrong = what;
  _exit(1);
}

/* Both walk over the words of a page; the random ones follow from a seed. */
#define EACH_WORD(page)                                              \
  for (uint64_t *word = (uint64_t *)(page), *end = word + PAGE / 8; \
       word < end; word++)
#define NEXT(seed) \
  ((seed) = (seed) * 6364136223846793005UL + 1442695040888963407UL)
#define ADD(sum, word) ((sum) = ((sum) ^ (word)) * 0x100000001b3UL)

static uint64_t fill(void *page, uint64_t seed) {
  uint64_t sum = 0;
  EACH_WORD(page) {
    *word = NEXT(seed);
    ADD(sum, *word);
  }
  return sum;
}

static uint64_t sum_of(void *page) {
  uint64_t sum = 0;
  EACH_WORD(page) ADD(sum, *word);
  return sum;
}

static void rewrite(unsigned long page) {
  sums[page] = fill(memory + page * PAGE, dice());
  report->rewritten++;
}

static void compare(unsigned long page, const char *what) {
  void *at = memory + page * PAGE;
  if (sum_of(at) != sums[page]) wrong(what, at);
}

/* A child whose memory is ours of this moment compares some of it. */
static pid_t snapshot(void) {
  pid_t child = fork();
  if (child < 0) return 0; /* no room for one more: later perhaps */
  if (child > 0) {
    report->snapshots++;
    return child;
  }
  for (int i = 0; i < SNAPSHOT_PAGES; i++)
    compare(dice() % pages, "a page after fork");
  _exit(0);
}

static void end_snapshot(pid_t child) {
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFSIGNALED(status)) wrong("a snapshot was killed", NULL);
  if (status != 0) _exit(1); /* it has said what was wrong */
}

static uint64_t shared_seed(struct shared *shared, int page) {
  return (shared->round << 8 | (unsigned)page) * 0x9e3779b97f4a7c15UL;
}

static void fill_shared(struct shared *shared) {
  for (int page = 0; page < SHARED_PAGES; page++)
    fill(shared->pages[page], shared_seed(shared, page));
}

/* The first wrong word, or null. */
static void *compare_shared(struct shared *shared) {
  for (int page = 0; page < SHARED_PAGES; page++) {
    uint64_t seed = shared_seed(shared, page);
    EACH_WORD(shared->pages[page]) if (*word != NEXT(seed)) return word;
  }
  return NULL;
}

static void take_turn(struct shared *shared, int side) {
  if (__atomic_load_n(&shared->turn, __ATOMIC_ACQUIRE) != side) return;
  void *at = compare_shared(shared);
  if (at) wrong("shared memory", at);
  shared->round++;
  fill_shared(shared);
  report->turns++;
  __atomic_store_n(&shared->turn, (side + 1) % shared->sides, __ATOMIC_RELEASE);
}

static int is_over(const struct timespec *end) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec > end->tv_sec ||
         (now.tv_sec == end->tv_sec && now.tv_nsec >= end->tv_nsec);
}

static void work(struct shared *shared, int side, const struct timespec *end) {
  pid_t child = 0;
  memory = map(pages * PAGE, MAP_PRIVATE | MAP_NORESERVE);
  sums = map(pages * sizeof *sums, MAP_PRIVATE | MAP_NORESERVE);
  for (unsigned long page = 0; page < pages; page++) rewrite(page);
  for (unsigned long step = 1; !is_over(end); step++) {
    unsigned long page = dice() % pages;
    compare(page, "a page");
    report->compared++;
    if (dice() % 2) rewrite(page);
    if (step % 16 == 0) take_turn(shared, side);
    if (step % SNAPSHOT_EVERY == 0) {
      if (child > 0) end_snapshot(child);
      child = snapshot();
    }
  }
  if (child > 0) end_snapshot(child);
  for (unsigned long page = 0; page < pages; page++) compare(page, "a page");
  report->compared += pages;
}

static unsigned long size_from(const char *text) {
  char *unit;
  unsigned long size = strtoul(text, &unit, 10);
  if (*unit == 'k' || *unit == 'K') size <<= 10, unit++;
  else if (*unit == 'm' || *unit == 'M') size <<= 20, unit++;
  else if (*unit == 'g' || *unit == 'G') size <<= 30, unit++;
  return *unit ? 0 : size;
}

int main(int argc, char **argv) {
  int count = argc > 3 ? atoi(argv[1]) : 0, failed = 0;
  unsigned long size = argc > 3 ? size_from(argv[2]) : 0;
  if (count < 1 || count > MOST || size == 0) {
    fprintf(stderr, "usage: sums PROCESSES SIZE[k|m|g] SECONDS\n");
    return 2;
  }
  pages = size / PAGE / (unsigned long)count;
  if (pages == 0) pages = 1;
  struct timespec end;
  clock_gettime(CLOCK_MONOTONIC, &end);
  end.tv_sec += atoi(argv[3]);

  int pairs = (count + 1) / 2;
  struct report *reports =
      map((unsigned long)count * sizeof *reports, MAP_SHARED);
  struct shared *shared =
      map((unsigned long)pairs * sizeof *shared, MAP_SHARED);
  for (int pair = 0; pair < pairs; pair++) {
    shared[pair].sides = count - pair * 2 > 1 ? 2 : 1;
    fill_shared(&shared[pair]);
  }
  pid_t children[MOST];
  for (int i = 0; i < count; i++) {
    children[i] = fork();
    if (children[i] < 0) perror("sums: fork");
    if (children[i] != 0) continue;
    report = &reports[i];
    state = 88172645463325252UL + (uint64_t)i * 0x9e3779b97f4a7c15UL;
    work(&shared[i / 2], i % 2, &end);
    _exit(0);
  }
  for (int i = 0; i < count; i++) {
    int status = 1;
    if (children[i] > 0) waitpid(children[i], &status, 0);
    const struct report *r = &reports[i];
    printf("child %d: %lu pages, %lu rewritten, %lu compared, %lu snapshots, "
           "%lu turns: ",
           i, pages, r->rewritten, r->compared, r->snapshots, r->turns);
    if (r->wrong) printf("wrong: %s at %p\n", r->wrong, r->at);
    else if (WIFSIGNALED(status)) puts(strsignal(WTERMSIG(status)));
    else puts(status ? "failed" : "intact");
    failed |= status != 0;
  }
  for (int pair = 0; pair < pairs && !failed; pair++) {
    void *at = compare_shared(&shared[pair]);
    if (at) printf("wrong: shared memory at %p\n", at);
    failed |= at != NULL;
  }
  if (!failed) printf("sums: %s intact\n", argv[2]);
  return failed;
}
