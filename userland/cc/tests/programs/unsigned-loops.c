// Loops that count down to zero and over the end of narrow types.
#include <stdio.h>

int main(void) {
  int n = 0;
  for (unsigned char c = 0; ++c;) n++;
  printf("%d\n", n);
  unsigned short s = 0;
  do n++;
  while (--s);
  printf("%d\n", n);
  for (unsigned long i = 10; i-- > 0;) n -= i;
  printf("%d\n", n);
  for (unsigned i = 0xfffffff0; i > 5; i++) n++;
  printf("%d\n", n);
  signed char sc = 0;
  while (sc >= 0) {
    sc++;
    n++;
    if (n > 100000) break;
  }
  printf("%d %d\n", n, sc);
  return 0;
}
