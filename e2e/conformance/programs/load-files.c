/*
 * Two processes work on a file of two mebibytes that both have mapped, one page after the other in no order, through
 * mappings, pread and pwrite by turns, while private mappings keep what they have copied. mmap(2), pread(2).
 */
#include "memory.h"

#define PAGES 512
#define TURNS 15
#define STEPS 50

static int file;
static unsigned char *shared, *private;

/* What they both know: the seed of each page, and how far they are. In shared memory. */
static struct {
  unsigned long seeds[PAGES];
  long wrong, looked, wrote;
} * common;

static unsigned long dice = 4711;

static void step(long number) {
  static unsigned char bytes[PAGE];
  long page = (long)(next_word(&dice) % PAGES), how = (long)(next_word(&dice) % 5);
  unsigned char *at = shared + page * PAGE;
  switch (how) {
    case 0: common->wrong += wrong_words(at, PAGE, common->seeds[page]) != 0; break;
    case 1:
      if (pread(file, bytes, PAGE, page * PAGE) != PAGE) common->wrong++;
      common->wrong += wrong_words(bytes, PAGE, common->seeds[page]) != 0;
      break;
    case 2: fill_words(at, PAGE, common->seeds[page] = (unsigned long)number); break;
    case 3:
      fill_words(bytes, PAGE, common->seeds[page] = (unsigned long)number);
      if (pwrite(file, bytes, PAGE, page * PAGE) != PAGE) common->wrong++;
      break;
    default:
      /* Out of the file's mapping into the file, one page to the next. */
      page %= PAGES - 1;
      if (pwrite(file, shared + page * PAGE, PAGE, (page + 1) * PAGE) != PAGE) common->wrong++;
      common->seeds[page + 1] = common->seeds[page];
  }
  if (how < 2)
    common->looked++;
  else
    common->wrote++;
}

int main(void) {
  struct turns turns;
  make_turns(&turns);
  common = mmap(NULL, sizeof *common, RW, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  file = memory_file(O_RDWR | O_CREAT | O_TRUNC);
  if (ftruncate(file, PAGES * PAGE) != 0) return 1;
  shared = map_file(file, PAGES, RW, MAP_SHARED);
  for (int i = 0; i < PAGES; i++) fill_words(shared + i * PAGE, PAGE, common->seeds[i] = (unsigned long)i);
  munmap(shared, PAGES * PAGE);
  close(file);
  pid_t child = fork();
  file = memory_file(O_RDWR);
  shared = map_file(file, PAGES, RW, MAP_SHARED);
  private = map_file(file, PAGES, RW, MAP_PRIVATE);
  dice += child == 0;
  /* Every eighth page is copied before anything changes. */
  if (child != 0) take_turn(turns.to_parent);
  unsigned long known[PAGES];
  for (int i = 0; i < PAGES; i += 8) {
    known[i] = common->seeds[i];
    *(volatile unsigned char *)(private + i * PAGE + 8) = private[i * PAGE + 8];
  }
  if (child == 0) give_turn(turns.to_parent);
  for (long turn = 1; turn <= TURNS; turn++) {
    if (child == 0) take_turn(turns.to_child);
    for (long i = 0; i < STEPS; i++) step(turn << 20 | i << 1 | (child == 0));
    give_turn(child == 0 ? turns.to_parent : turns.to_child);
    if (child != 0) take_turn(turns.to_parent);
  }
  /* Now nobody writes any more. */
  long wrong = 0;
  for (int i = 0; i < PAGES; i++)
    wrong += wrong_words(private + i * PAGE, PAGE, i % 8 == 0 ? known[i] : common->seeds[i]) != 0;
  if (child == 0) _exit(wrong == 0 ? 0 : 1);
  number("wrong private pages", wrong);
  reap("the other", child);
  say("looked at %ld, wrote %ld, wrong %ld\n", common->looked, common->wrote, common->wrong);
  wrong = 0;
  for (int i = 0; i < PAGES; i++) wrong += wrong_words(shared + i * PAGE, PAGE, common->seeds[i]) != 0;
  number("wrong pages at the end", wrong);
  unlink(memory_file_path);
  return 0;
}
