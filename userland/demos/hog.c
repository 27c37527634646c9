/* hog: takes SIZE of memory, fills every byte, reads everything back and
   compares every byte. SIZE may be more than there is RAM: then most pages have
   been swapped out meanwhile, and come back as they were, or hog says which
   byte did not.

   usage: hog [-r] [-p PASSES] [-k SECONDS] SIZE[k|m|g] [SECONDS]
     -p  fills and compares so often, each time with other bytes
     -r  in random order, the same one each time
     -k  keeps the memory so long at the end, as SECONDS behind SIZE does */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#define PAGE 4096UL
#define WORDS (PAGE / sizeof(uint64_t))

static unsigned char *memory;
static unsigned long pages;
static int shuffled;

/* Mixes the bits of x; for different x the results are different too. */
static uint64_t mix(uint64_t x) {
  x ^= x >> 31;
  x *= 0xbf58476d1ce4e5b9UL;
  x ^= x >> 29;
  x *= 0x94d049bb133111ebUL;
  return x ^ x >> 32;
}

/* The first word of a page; it depends on the address and the pass. From each
   word to the next it is as far as this word, made odd. */
static uint64_t seed(unsigned long page, unsigned pass) {
  return mix((uint64_t)(uintptr_t)(memory + page * PAGE) + pass);
}

/* How far it is; on a terminal only, and only when the number changes. At the
   end, and before complaints, the line is empty again. */
static void progress(const char *what, unsigned pass, unsigned long done) {
  static int shows = -1, last;
  if (shows < 0) shows = isatty(2);
  int percent = (int)(done * 100 / pages);
  if (!shows || percent == last) return;
  last = percent;
  if (done < pages)
    fprintf(stderr, "\rhog: pass %u: %s %3d%%", pass, what, percent);
  else
    fprintf(stderr, "\r\033[K");
}

static void fill(unsigned long page, unsigned pass) {
  uint64_t *word = (uint64_t *)(memory + page * PAGE), *end = word + WORDS;
  uint64_t value = seed(page, pass), step = value | 1;
  for (; word < end; word += 8) { /* eight at a time, because it is faster */
#define PUT(i) word[i] = value, value += step
    PUT(0), PUT(1), PUT(2), PUT(3), PUT(4), PUT(5), PUT(6), PUT(7);
  }
}

/* The place of the first wrong byte of a page, or PAGE. */
static unsigned long compare(unsigned long page, unsigned pass) {
  uint64_t *word = (uint64_t *)(memory + page * PAGE), *end = word + WORDS;
  uint64_t value = seed(page, pass), step = value | 1, wrong = 0;
  for (; word < end; word += 8) {
#define GET(i) wrong |= word[i] ^ value, value += step
    GET(0), GET(1), GET(2), GET(3), GET(4), GET(5), GET(6), GET(7);
  }
  if (!wrong) return PAGE;
  progress("", pass, pages);
  value = seed(page, pass);
  for (unsigned long at = 0; at < PAGE; at++) {
    uint64_t expected = value + at / 8 * step;
    unsigned char byte = expected >> at % 8 * 8, *found = memory + page * PAGE;
    if (found[at] == byte) continue;
    fprintf(stderr, "hog: pass %u: %p holds 0x%02x instead of 0x%02x\n", pass,
            (void *)(found + at), found[at], byte);
    return at;
  }
  fprintf(stderr, "hog: pass %u: page %p was wrong and is right again\n", pass,
          (void *)(memory + page * PAGE));
  return 0;
}

/* The page that is visited in turn `turn`. In random order it is an xorshift of
   the turn, which visits each number of some bits once; those beyond the last
   page are passed over by going on from there. */
static unsigned long page_of(unsigned long turn) {
  if (!shuffled) return turn;
  unsigned bits = 2;
  while (pages > 1UL << bits) bits++;
  do {
    for (int round = 0; round < 3; round++) {
      turn ^= turn >> bits / 2;
      turn = (turn * 0x9e3779b97f4a7c15UL + 12345) & ((1UL << bits) - 1);
    }
  } while (turn >= pages);
  return turn;
}

static void report(const char *what, struct rusage *before) {
  struct rusage now;
  getrusage(RUSAGE_SELF, &now);
  printf("hog: %lu pages %s: %ld minor and %ld major faults\n", pages, what,
         now.ru_minflt - before->ru_minflt, now.ru_majflt - before->ru_majflt);
  fflush(stdout);
  *before = now;
}

static int usage(void) {
  fprintf(stderr, "usage: hog [-r] [-p PASSES] [-k SECONDS] "
                  "SIZE[k|m|g] [SECONDS]\n");
  return 2;
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
  unsigned passes = 1, seconds = 0;
  for (int option; (option = getopt(argc, argv, "rp:k:")) != -1;) {
    switch (option) {
      case 'r': shuffled = 1; break;
      case 'p': passes = (unsigned)atoi(optarg); break;
      case 'k': seconds = (unsigned)atoi(optarg); break;
      default: return usage();
    }
  }
  unsigned long size = optind < argc ? size_from(argv[optind]) : 0;
  if (size == 0) return usage();
  if (optind + 1 < argc) seconds = (unsigned)atoi(argv[optind + 1]);
  pages = (size + PAGE - 1) / PAGE;

  /* MAP_NORESERVE: it may be more than the kernel would promise. */
  memory = mmap(NULL, pages * PAGE, PROT_READ | PROT_WRITE,
                MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) {
    perror("hog: mmap");
    return 1;
  }
  struct rusage usage_before;
  getrusage(RUSAGE_SELF, &usage_before);
  for (unsigned pass = 1; pass <= passes; pass++) {
    for (unsigned long turn = 0; turn < pages; turn++) {
      fill(page_of(turn), pass); /* a page is real only once it is touched */
      progress("filled", pass, turn + 1);
    }
    report("filled", &usage_before);
    if (pass == 1) {
      printf("hog: %lu KiB taken\n", size >> 10);
    }
    for (unsigned long turn = 0; turn < pages; turn++) {
      if (compare(page_of(turn), pass) < PAGE) return 1;
      progress("compared", pass, turn + 1);
    }
    report("read back", &usage_before);
  }
  printf("hog: %s intact\n", argv[optind]);
  fflush(stdout); /* it may have to wait long for its end */
  sleep(seconds);
  return 0;
}
