/*
 * A file's length is one for everybody who has it open or mapped: it grows by ftruncate, write and pwrite, has holes
 * that read zero, and shrinks under mappings of other processes. ftruncate(2), pwrite(2), lseek(2), mmap(2).
 */
#include "memory.h"
#include <sys/stat.h>

#define PAGES 8

static int file;
static char *map;

/* What each mapped page begins with: its first byte, '0', or '!' for SIGBUS. */
static void look(const char *who) {
  char letters[PAGES + 1];
  struct stat meta;
  for (int i = 0; i < PAGES; i++) {
    const char *byte = reads_at(map + i * PAGE);
    letters[i] = strncmp(byte, "SIGBUS", 6) == 0 ? '!' : *byte;
  }
  letters[PAGES] = 0;
  if (fstat(file, &meta) != 0) _exit(1);
  say("%s: %s, length %ld\n", who, letters, (long)meta.st_size);
}

int main(void) {
  catch_accesses();
  struct turns turns;
  make_turns(&turns);
  file = memory_file(O_RDWR | O_CREAT | O_TRUNC);
  close(file);
  pid_t child = fork();
  if (child == 0) {
    file = memory_file(O_RDWR);
    map = map_file(file, PAGES, RW, MAP_SHARED); /* of an empty file */
    look("second: empty");
    give_turn(turns.to_parent);
    take_turn(turns.to_child);
    look("second: after the first's write");
    number("write behind a hole", pwrite(file, "e", 1, 4 * PAGE));
    map[2 * PAGE] = 'c'; /* a page of the hole */
    look("second: behind a hole");
    give_turn(turns.to_parent);
    take_turn(turns.to_child);
    look("second: the first has cut it");
    say("store behind the end: %s\n", writes_at(map + 3 * PAGE, 'x'));
    outcome("grow it", ftruncate(file, 6 * PAGE));
    look("second: grown");
    lseek(file, 0, SEEK_END);
    number("write at the end", write(file, map, 3));
    look("second: written at the end");
    give_turn(turns.to_parent);
    take_turn(turns.to_child);
    look("second: the first has emptied it by opening");
    outcome("grow it", ftruncate(file, 2 * PAGE));
    say("store: %s\n", writes_at(map + PAGE, 'b'));
    give_turn(turns.to_parent);
    _exit(0);
  }
  take_turn(turns.to_parent);
  file = memory_file(O_RDWR);
  map = map_file(file, PAGES, RW, MAP_SHARED);
  number("write", write(file, "a", 1));
  look("first: written");
  give_turn(turns.to_child);
  take_turn(turns.to_parent);
  look("first: after the second's write");
  char bytes[4];
  number("read in the hole", pread(file, bytes, 4, PAGE - 2));
  say("%d %d %d %d\n", bytes[0], bytes[1], bytes[2], bytes[3]);
  number("read across the end", pread(file, bytes, 4, 4 * PAGE - 1));
  number("read at the end", pread(file, bytes, 4, 4 * PAGE + 1));
  outcome("cut", ftruncate(file, 2 * PAGE + 5));
  look("first: cut");
  give_turn(turns.to_child);
  take_turn(turns.to_parent);
  look("first: after the second's");
  int again = memory_file(O_RDWR | O_TRUNC);
  look("first: emptied");
  give_turn(turns.to_child);
  take_turn(turns.to_parent);
  reap("second", child);
  look("first: at the end");
  /* An append goes to the end of now, wherever the offset is. */
  int adder = memory_file(O_WRONLY | O_APPEND);
  lseek(adder, 0, SEEK_SET);
  number("append", write(adder, "z", 1));
  number("its offset", lseek(adder, 0, SEEK_CUR));
  look("first: appended");
  unlink(memory_file_path);
  close(again);
  look("first: unlinked");
  outcome("its name is gone", open(memory_file_path, O_RDONLY));
  return 0;
}
