/*
 * A program file of the system, mapped privately: its bytes are those of read(2), a store changes only
 * this process's copy. mmap(2): MAP_PRIVATE.
 */
#include "expect.h"
#include <fcntl.h>
#include <sys/mman.h>

int main(void) {
  int file = open("/bin/sh", O_RDONLY);
  outcome("open", file);
  char *map = mmap(NULL, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, file, 0);
  outcome("map", (long)map);
  say("magic: %d %c%c%c\n", map[0], map[1], map[2], map[3]);
  char bytes[256];
  number("read", pread(file, bytes, sizeof bytes, 2 * PAGE));
  truth("the same bytes", memcmp(bytes, map + 2 * PAGE, sizeof bytes) == 0);
  map[1] = 'e';
  memset(map + PAGE, '!', PAGE);
  number("read again", pread(file, bytes, 4, 0));
  say("the file still says %c%c%c, the copy %c%c%c\n", bytes[1], bytes[2], bytes[3], map[1], map[2], map[3]);
  char *other = mmap(NULL, PAGE, PROT_READ, MAP_PRIVATE, file, 0);
  say("another mapping says %c%c%c\n", other[1], other[2], other[3]);
  pid_t child = fork();
  if (child == 0) _exit(map[1] == 'e' && map[PAGE] == '!' && other[1] == 'E' ? 0 : 1);
  reap("child inherits the copies", child);
  /* Read-only pages may become writable: the mapping is private. */
  outcome("mprotect", mprotect(other, PAGE, PROT_READ | PROT_WRITE));
  char *volatile writes = other;
  writes[1] = 'F';
  say("now %c, the first copy %c\n", other[1], map[1]);
  return 0;
}
