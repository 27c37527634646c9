/*
 * munmap succeeds over holes, splits what it cuts, and an access behind it is a fault.
 * munmap(2): "It is not an error if the indicated range does not contain any mapped pages."
 */
#include "expect.h"
#include <sys/mman.h>

#define RW (PROT_READ | PROT_WRITE)
#define ANON (MAP_PRIVATE | MAP_ANONYMOUS)

static void show(const char *what, const char *area) {
  char letters[11];
  for (int i = 0; i < 10; i++) letters[i] = readable(area + i * PAGE) ? area[i * PAGE] : '-';
  letters[10] = 0;
  say("%s: %s\n", what, letters);
}

int main(void) {
  char *area = mmap(NULL, 10 * PAGE, RW, ANON, -1, 0);
  for (int i = 0; i < 10; i++) area[i * PAGE] = (char)('a' + i);
  show("whole", area);
  outcome("middle", munmap(area + 4 * PAGE, PAGE));
  show("split", area);
  outcome("the same again", munmap(area + 4 * PAGE, PAGE));
  outcome("first", munmap(area, PAGE));
  outcome("last", munmap(area + 9 * PAGE, PAGE));
  show("trimmed", area);
  outcome("across the hole", munmap(area + 3 * PAGE, 3 * PAGE));
  show("wider", area);
  outcome("half a page is a page", munmap(area + 7 * PAGE, 100));
  show("rounded", area);

  pid_t child = fork();
  if (child == 0) {
    volatile char *gone = area + 4 * PAGE;
    *gone = 'z';
    _exit(0);
  }
  reap("write into the hole", child);
  outcome("everything and the holes", munmap(area, 10 * PAGE));
  show("nothing", area);
  return 0;
}
