/*
 * Two processes that open one file of a memory file system each for themselves see each other's writes at once, through
 * whichever of mmap, read, write, pread and pwrite they are made and looked at. mmap(2): MAP_SHARED; msync(2).
 */
#include "memory.h"
#include <sys/stat.h>
#include <sys/uio.h>

#define PAGES 3

static int file;
static char *shared, *private;

/* A byte in each way there is to look at it. */
static void show(const char *who, long at) {
  char by_pread = '?', by_read = '?', by_readv = '?';
  struct iovec part = {&by_readv, 1};
  if (pread(file, &by_pread, 1, at) != 1 || lseek(file, at, SEEK_SET) != at || read(file, &by_read, 1) != 1) _exit(1);
  if (lseek(file, at, SEEK_SET) != at || readv(file, &part, 1) != 1) _exit(1);
  say("%s: byte %ld: mapped %c, pread %c, read %c, readv %c, mapped privately %c\n", who, at, shared[at], by_pread,
      by_read, by_readv, private[at]);
}

static const long places[] = {0, 10, PAGE - 1, PAGE, 2 * PAGE + 100};
#define PLACES (int)(sizeof places / sizeof *places)

static void look(const char *who) {
  for (int i = 0; i < PLACES; i++) show(who, places[i]);
}

static void open_mine(void) {
  file = memory_file(O_RDWR);
  shared = map_file(file, PAGES, RW, MAP_SHARED);
  private = map_file(file, PAGES, RW, MAP_PRIVATE);
}

int main(void) {
  struct turns turns;
  make_turns(&turns);
  file = memory_file(O_RDWR | O_CREAT | O_TRUNC);
  make_letters(file, PAGES * PAGE);
  close(file);
  pid_t child = fork();
  if (child == 0) {
    mmap(NULL, 5 * PAGE, RW, ANON, -1, 0); /* other addresses than the other's */
    open_mine();
    look("second, at first");
    give_turn(turns.to_parent);
    take_turn(turns.to_child);
    look("second, after the first's stores");
    for (int i = 0; i < PLACES; i++) {
      lseek(file, places[i], SEEK_SET);
      if (write(file, "1", 1) != 1) _exit(1);
    }
    give_turn(turns.to_parent);
    take_turn(turns.to_child);
    look("second, after the first's pwrites");
    private[0] = 'P';            /* a copy of the first page */
    shared[PAGE] = 'S';          /* the second page is still the file's */
    private[2 * PAGE + 1] = 'P'; /* a copy of the third */
    shared[2 * PAGE + 100] = 'S';
    shared[0] = 'S';
    look("second, with copies");
    struct iovec parts[2] = {{"vec", 3}, {"tor", 3}};
    lseek(file, PAGE - 3, SEEK_SET);
    number("writev across a page's end", writev(file, parts, 2));
    outcome("msync", msync(shared, PAGES * PAGE, MS_SYNC));
    outcome("msync of one page, later", msync(shared + PAGE, 1, MS_ASYNC));
    outcome("msync of the private ones", msync(private, PAGES * PAGE, MS_SYNC | MS_INVALIDATE));
    outcome("fsync", fsync(file));
    give_turn(turns.to_parent);
    take_turn(turns.to_child);
    /* The other one is gone; what it wrote is not. */
    look("second, alone");
    _exit(0);
  }
  take_turn(turns.to_parent);
  open_mine();
  for (int i = 0; i < PLACES; i++) shared[places[i]] = '0';
  give_turn(turns.to_child);
  take_turn(turns.to_parent);
  look("first, after the second's writes");
  for (int i = 0; i < PLACES; i++)
    if (pwrite(file, "2", 1, places[i]) != 1) return 1;
  give_turn(turns.to_child);
  take_turn(turns.to_parent);
  look("first, after the second's stores");
  say("first, across the page's end: %.3s%.3s\n", shared + PAGE - 3, private + PAGE);
  struct stat meta;
  fstat(file, &meta);
  say("length %ld\n", (long)meta.st_size);

  /* read(2) from the file into the file's own mapping, and write(2) from it. */
  lseek(file, 0, SEEK_SET);
  number("read the file's second page into its third", pread(file, shared + 2 * PAGE, 200, PAGE));
  number("write its second page over its first", pwrite(file, shared + PAGE, 100, 0));
  say("%.4s %.4s %.4s\n", shared, shared + PAGE, shared + 2 * PAGE);
  munmap(shared, PAGES * PAGE);
  munmap(private, PAGES * PAGE);
  close(file);
  unlink(memory_file_path);
  give_turn(turns.to_child);
  reap("second", child);
  return 0;
}
