/*
 * Private anonymous memory is zero-filled, the length rounds up to whole pages, each mapping is
 * page aligned and separate. mmap(2): DESCRIPTION, MAP_ANONYMOUS.
 */
#include "expect.h"
#include <sys/mman.h>

static int all_zero(const volatile char *from, long length) {
  for (long i = 0; i < length; i++)
    if (from[i]) return 0;
  return 1;
}

int main(void) {
  int prot = PROT_READ | PROT_WRITE, flags = MAP_PRIVATE | MAP_ANONYMOUS;
  char *area = mmap(NULL, 8 * PAGE, prot, flags, -1, 0);
  truth("mapped", area != MAP_FAILED);
  truth("page aligned", (unsigned long)area % PAGE == 0);
  truth("zero", all_zero(area, 8 * PAGE));
  memset(area, 'x', 8 * PAGE);
  truth("holds what was written", area[0] == 'x' && area[8 * PAGE - 1] == 'x');

  /* One byte more than two pages is three pages. */
  char *odd = mmap(NULL, 2 * PAGE + 1, prot, flags, -1, 0);
  odd[3 * PAGE - 1] = 'e';
  truth("last byte of the rounded length", odd[3 * PAGE - 1] == 'e');
  truth("separate", odd + 3 * PAGE <= area || area + 8 * PAGE <= odd);
  truth("still zero elsewhere", all_zero(odd, 3 * PAGE - 1));

  /* The length of munmap rounds up too. */
  outcome("munmap one byte", munmap(odd, 1));
  truth("first page gone", !readable(odd));
  truth("second page there", readable(odd + PAGE));
  outcome("munmap the rest", munmap(odd + PAGE, 2 * PAGE));
  truth("all gone", !readable(odd + PAGE) && !readable(odd + 2 * PAGE));

  /* Memory that comes again is zero again. */
  outcome("munmap area", munmap(area, 8 * PAGE));
  char *again = mmap(area, 8 * PAGE, prot, flags, -1, 0);
  truth("zero again", all_zero(again, 8 * PAGE));
  /* The descriptor and the offset of an anonymous mapping do not matter. */
  outcome("descriptor ignored", (long)mmap(NULL, PAGE, prot, flags, 77, 0));
  return 0;
}
