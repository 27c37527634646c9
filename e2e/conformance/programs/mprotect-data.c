/*
 * Protection changes split and join mappings but never touch their bytes, written pages or not.
 * mprotect(2).
 */
#include "expect.h"
#include <sys/mman.h>

#define PAGES 16

int main(void) {
  char *area = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  for (int i = 0; i < PAGES; i += 2) memset(area + i * PAGE, 'A' + i, PAGE);
  for (int i = 0; i < PAGES; i += 3) outcome("read-only", mprotect(area + i * PAGE, PAGE, PROT_READ));
  for (int i = 1; i < PAGES; i += 3) outcome("none", mprotect(area + i * PAGE, PAGE, PROT_NONE));
  outcome("all readable", mprotect(area, PAGES * PAGE, PROT_READ));
  int right = 0;
  for (int i = 0; i < PAGES; i++) {
    char expected = (char)(i % 2 ? 0 : 'A' + i);
    right += area[i * PAGE] == expected && area[i * PAGE + PAGE - 1] == expected;
  }
  number("pages as they were", right);
  outcome("all writable", mprotect(area, PAGES * PAGE, PROT_READ | PROT_WRITE));
  for (int i = 0; i < PAGES; i++) area[i * PAGE + 7] = '!';
  right = 0;
  for (int i = 0; i < PAGES; i++) right += area[i * PAGE + 7] == '!' && area[i * PAGE + 8] == (char)(i % 2 ? 0 : 'A' + i);
  number("written and kept", right);

  /* A page that was born without rights reads zero once it has them. */
  char *born = mmap(NULL, PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  truth("PROT_NONE cannot be read", !readable(born));
  mprotect(born, PAGE, PROT_READ);
  truth("now it can", readable(born) && *born == 0);
  truth("but not written", !writable(born));

  /* Each process has its own protection after fork. */
  pid_t child = fork();
  if (child == 0) _exit(mprotect(area, PAGE, PROT_NONE) == 0 && !readable(area) ? 5 : 6);
  reap("child", child);
  truth("parent's page is as it was", writable(area));
  return 0;
}
