/*
 * mprotect refuses odd addresses, and when it meets a hole it returns ENOMEM after changing what came
 * before. mprotect(2): ERRORS; the kernel's user copies obey the protection (EFAULT).
 */
/* native-only: qemu-user checks the whole range before it changes anything, and refuses length 0 */
#include "expect.h"
#include <sys/mman.h>

#define RW (PROT_READ | PROT_WRITE)
#define ANON (MAP_PRIVATE | MAP_ANONYMOUS)

static void show(const char *what, char *area) {
  char letters[7];
  for (int i = 0; i < 6; i++) {
    char *page = area + i * PAGE;
    letters[i] = writable(page) ? 'w' : readable(page) ? 'r' : '-';
  }
  letters[6] = 0;
  say("%s: %s\n", what, letters);
}

int main(void) {
  char *area = mmap(NULL, 6 * PAGE, RW, ANON, -1, 0);
  show("whole", area);
  outcome("not aligned", mprotect(area + 1, PAGE, PROT_READ));
  outcome("length 0", mprotect(area, 0, PROT_READ));
  show("unchanged", area);
  outcome("one byte is a page", mprotect(area, 1, PROT_READ));
  show("first page", area);
  outcome("none", mprotect(area + PAGE, PAGE, PROT_NONE));
  show("second page", area);
  munmap(area + 3 * PAGE, PAGE);
  show("a hole", area);
  outcome("across the hole", mprotect(area, 6 * PAGE, PROT_READ));
  show("what came before is changed", area);
  outcome("only the hole", mprotect(area + 3 * PAGE, PAGE, RW));
  outcome("starts in the hole", mprotect(area + 3 * PAGE, 2 * PAGE, PROT_READ));
  show("what comes after is not", area);
  outcome("beyond user space", mprotect((void *)((unsigned long)1 << 62), PAGE, RW));
  outcome("back again", mprotect(area, 3 * PAGE, RW));
  show("end", area);
  return 0;
}
