/*
 * MAP_FIXED discards what it covers and nothing else; MAP_FIXED_NOREPLACE refuses instead.
 * mmap(2): MAP_FIXED, MAP_FIXED_NOREPLACE (EEXIST).
 */
/* native-only: qemu-user 7.2 does not know MAP_FIXED_NOREPLACE and takes it for a hint */
#include "expect.h"
#include <sys/mman.h>

#define RW (PROT_READ | PROT_WRITE)
#define ANON (MAP_PRIVATE | MAP_ANONYMOUS)

static void show(const char *what, const char *area) {
  char letters[9];
  for (int i = 0; i < 8; i++) {
    const char *page = area + i * PAGE;
    letters[i] = readable(page) ? (*page ? *page : '0') : '-';
  }
  letters[8] = 0;
  say("%s: %s\n", what, letters);
}

int main(void) {
  char *area = mmap(NULL, 8 * PAGE, RW, ANON, -1, 0);
  for (int i = 0; i < 8; i++) area[i * PAGE] = (char)('a' + i);
  show("before", area);

  char *got = mmap(area + 2 * PAGE, 2 * PAGE, RW, ANON | MAP_FIXED, -1, 0);
  truth("exactly there", got == area + 2 * PAGE);
  show("replaced in the middle", area);
  munmap(area + 5 * PAGE, PAGE);
  show("a hole", area);
  outcome("noreplace over a page", (long)mmap(area, PAGE, RW, ANON | MAP_FIXED_NOREPLACE, -1, 0));
  outcome("noreplace over hole and page",
          (long)mmap(area + 5 * PAGE, 2 * PAGE, RW, ANON | MAP_FIXED_NOREPLACE, -1, 0));
  show("untouched", area);
  got = mmap(area + 5 * PAGE, PAGE, RW, ANON | MAP_FIXED_NOREPLACE, -1, 0);
  truth("noreplace into the hole", got == area + 5 * PAGE);
  show("filled", area);
  /* Fixed over mapped pages and a hole at once, with another protection. */
  munmap(area + 1 * PAGE, PAGE);
  got = mmap(area, 3 * PAGE, PROT_READ, ANON | MAP_FIXED, -1, 0);
  show("over everything", area);
  truth("read-only", !writable(area) && !writable(area + PAGE) && !writable(area + 2 * PAGE));
  truth("the next one is not", writable(area + 3 * PAGE));
  /* A failed MAP_FIXED for a bad descriptor leaves the old pages. */
  outcome("fixed with a bad descriptor", (long)mmap(area + 6 * PAGE, PAGE, RW, MAP_PRIVATE | MAP_FIXED, 99, 0));
  show("after the failure", area);
  return 0;
}
