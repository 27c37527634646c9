/* refstring: a string of references to pages, as in a textbook, made for real.
   Each page is a page of this process, FRAMES of them may be in memory at once,
   and the kernel evicts by the policy that it is told: fifo, lru, clock or opt.

   usage: refstring POLICY|all FRAMES PAGE...
     for example: refstring fifo 3  1 2 3 4 1 2 5 1 2 3 4 5

   The limit is a file, /proc/self/frame_limit. It takes "limit ADDRESS LENGTH
   FRAMES POLICY" for a range of memory, then "reference" after each reference,
   when the kernel looks at the accessed bit of each page. Only opt is told the
   references to come: "future PAGE...". */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "vitrine.h"

#define MOST 1000 /* pages, and frames */

static const char *const policies[] = {"fifo", "lru", "clock", "opt", NULL};

static int limit; /* /proc/self/frame_limit */
static int references, pages;
static int *reference;
static char occurs[MOST]; /* whether the string names the page */

static void fail(const char *what) {
  fflush(stdout);
  perror(what);
  exit(1);
}

static void tell(const char *text) {
  if (write(limit, text, strlen(text)) < 0) fail("refstring: frame_limit");
}

/* What comes, in several writes if it is long; each begins with the word. */
static void tell_future(void) {
  char text[256];
  for (int at = 0; at < references;) {
    int size = snprintf(text, sizeof text, "future");
    for (; at < references && size < 240; at++)
      size += snprintf(text + size, sizeof text - size, " %d", reference[at]);
    strcat(text, "\n");
    tell(text);
  }
}

/* The number behind a word of what the file says when it is read; or -1. */
static long told(const char *word) {
  char text[512];
  int file = open("/proc/self/frame_limit", O_RDONLY);
  ssize_t size = read(file, text, sizeof text - 1);
  close(file);
  text[size < 0 ? 0 : size] = 0;
  char *at = strstr(text, word);
  return at ? strtol(at + strlen(word), NULL, 10) : -1;
}

/* Makes one reference: exactly one access to the page's first byte. The first
   one to a page writes its number there; later ones read it, which shows that
   the page came back as it was. They do not write, because a page that was read
   in may be mapped read-only, and a write to it would fault once more. */
static void refer(volatile unsigned char *memory, int page, char *known) {
  volatile unsigned char *byte = memory + page * 4096L;
  if (!known[page]) {
    *byte = (unsigned char)(page + 1);
    known[page] = 1;
  } else if (*byte != (unsigned char)(page + 1)) {
    fflush(stdout);
    fprintf(stderr, "refstring: page %d came back with other bytes\n", page);
    exit(1);
  }
}

/* One line: what the reference did, and which pages are in memory after it. */
static void show(volatile unsigned char *memory, int page, int fault) {
  printf("%4d  %-5s ", page, fault ? "fault" : "hit");
  for (int each = 0; each < pages; each++) {
    if (!occurs[each]) continue;
    if (frame_of(memory + each * 4096L) >= 0) printf(" %3d", each);
    else printf("   .");
  }
  putchar('\n');
}

/* Runs the whole string under a policy; the number of faults. */
static int run(const char *policy, int frames, int verbose) {
  char text[128], known[MOST] = {0};
  size_t length = (size_t)pages * 4096;
  int faults = 0;
  volatile unsigned char *memory =
      mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
           -1, 0);
  if (memory == MAP_FAILED) fail("refstring: mmap");
  snprintf(text, sizeof text, "limit %p %zu %d %s\n", (void *)memory, length,
           frames, policy);
  tell(text);
  if (strcmp(policy, "opt") == 0) tell_future();
  if (verbose) puts("page         in memory");
  for (int at = 0; at < references; at++) {
    int page = reference[at];
    int fault = frame_of(memory + page * 4096L) < 0; /* it is not there */
    refer(memory, page, known);
    tell("reference\n");
    faults += fault;
    if (verbose) show(memory, page, fault);
  }
  long counted = told("faults "), evicted = told("evictions ");
  if (verbose) printf("%ld evictions\n", evicted);
  if (counted != faults) {
    fflush(stdout);
    fprintf(stderr, "refstring: the kernel counted %ld faults, %d were seen\n",
            counted, faults);
    exit(1);
  }
  tell("off\n");
  munmap((void *)memory, length);
  return faults;
}

/* A number from `least` to MOST - 1. */
static int number(const char *text, int least) {
  char *end;
  long value = strtol(text, &end, 10);
  if (*text && !*end && value >= least && value < MOST) return (int)value;
  fprintf(stderr, "refstring: '%s' is no number from %d to %d\n", text, least,
          MOST - 1);
  exit(2);
}

int main(int argc, char **argv) {
  int known = argc > 1 && strcmp(argv[1], "all") == 0;
  for (int i = 0; argc > 1 && policies[i]; i++)
    known |= strcmp(argv[1], policies[i]) == 0;
  if (argc < 4 || !known) {
    fprintf(stderr, "usage: refstring fifo|lru|clock|opt|all FRAMES PAGE...\n");
    return 2;
  }
  int frames = number(argv[2], 1);
  references = argc - 3;
  reference = malloc((size_t)references * sizeof *reference);
  for (int i = 0; i < references; i++) {
    reference[i] = number(argv[i + 3], 0);
    occurs[reference[i]] = 1;
    if (reference[i] >= pages) pages = reference[i] + 1;
  }
  limit = open("/proc/self/frame_limit", O_WRONLY);
  if (limit < 0) fail("refstring: /proc/self/frame_limit");

  if (strcmp(argv[1], "all") != 0) {
    printf("FAULTS %d\n", run(argv[1], frames, 1));
    return 0;
  }
  for (int i = 0; policies[i]; i++)
    printf("%-5s FAULTS %d\n", policies[i], run(policies[i], frames, 0));
  return 0;
}
