/*
 * A shared mapping of a descriptor that was opened to read can never be written through, whoever asks and when; a
 * private one can, and a descriptor that was opened to write only can be mapped in no way. mmap(2), mprotect(2): EACCES.
 */
/* native-only: qemu-user checks the whole range of mprotect before it changes anything */
#include "memory.h"

static void show(const char *what, char *at) {
  say("%s: %s%s\n", what, readable(at) ? "r" : "-", writable(at) ? "w" : "-");
}

static void try_map(const char *what, int prot, int flags, int fd) {
  outcome(what, (long)mmap(NULL, PAGE, prot, flags, fd, 0));
}

int main(void) {
  catch_accesses();
  int both = memory_file(O_RDWR | O_CREAT | O_TRUNC);
  make_letters(both, 3 * PAGE);
  int reader = memory_file(O_RDONLY), writer = memory_file(O_WRONLY), adder = memory_file(O_RDWR | O_APPEND);
  try_map("shared, to write, opened to read", RW, MAP_SHARED, reader);
  try_map("shared, only to write, opened to read", PROT_WRITE, MAP_SHARED, reader);
  try_map("private, to write, opened to read", RW, MAP_PRIVATE, reader);
  try_map("shared, opened to write only", PROT_WRITE, MAP_SHARED, writer);
  try_map("private, opened to write only", PROT_READ, MAP_PRIVATE, writer);
  try_map("no rights at all, opened to write only", PROT_NONE, MAP_PRIVATE, writer);
  try_map("shared, opened to append", RW, MAP_SHARED, adder);

  char *map = map_file(reader, 3, PROT_READ, MAP_SHARED);
  show("shared, read-only", map);
  outcome("to write", mprotect(map, PAGE, RW));
  outcome("only to write", mprotect(map, PAGE, PROT_WRITE));
  show("still", map);
  say("store: %s\n", writes_at(map, 'x'));
  outcome("to nothing", mprotect(map, PAGE, PROT_NONE));
  show("nothing", map);
  outcome("to write from nothing", mprotect(map, PAGE, RW));
  outcome("and back", mprotect(map, PAGE, PROT_READ));
  show("back", map);
  close(reader);
  outcome("with the descriptor closed", mprotect(map, PAGE, RW));

  /* The right goes with the mapping: into a child, to another place, and to each part of it. */
  pid_t child = fork();
  if (child == 0) {
    outcome("child", mprotect(map, PAGE, RW));
    map = mremap(map, PAGE, PAGE, MREMAP_MAYMOVE | MREMAP_FIXED, mmap(NULL, PAGE, PROT_NONE, ANON, -1, 0));
    outcome("moved", mprotect(map, PAGE, RW));
    _exit(0);
  }
  reap("child", child);

  /* A range of two mappings: the first may be written, the second may not; what came before is changed. */
  char *area = mmap(NULL, 3 * PAGE, PROT_READ, ANON, -1, 0);
  mmap(area + PAGE, PAGE, PROT_READ, MAP_SHARED | MAP_FIXED, memory_file(O_RDONLY), 0);
  outcome("across both", mprotect(area, 3 * PAGE, RW));
  show("before", area);
  show("the shared one", area + PAGE);
  show("behind", area + 2 * PAGE);

  /* Opened to read and write it may, although the mapping began without. */
  char *later = map_file(both, 1, PROT_READ, MAP_SHARED);
  outcome("opened to both, later to write", mprotect(later, PAGE, RW));
  later[1] = 'L';
  char byte = 0;
  number("read", pread(both, &byte, 1, 1));
  say("the file has %c\n", byte);
  unlink(memory_file_path);
  return 0;
}
