// Elements and members far from the beginning.
#include <stdio.h>

struct far { char pad[3000]; int near_end; char more[70000]; long end; };
static struct far global;
static int table[50000];

int main(void) {
  struct far *p = &global;
  p->near_end = 5;
  p->end = 7;
  p->more[69999] = 'x';
  printf("%d %ld %c\n", global.near_end, global.end, p->more[69999]);
  table[511] = 1;
  table[512] = 2;
  table[49999] = 3;
  volatile int i = 511;
  printf("%d %d %d %d\n", table[i], table[i + 1], table[i + 49488], *(table + 512));
  struct far *q = p + 1;
  printf("%ld %ld\n", (long)((char *)q - (char *)p), (long)((char *)&p->end - (char *)p));
  printf("%ld\n", q[-1].end);
  short *s = (short *)table;
  s[99999] = -1;
  printf("%d\n", table[49999]);
  return 0;
}
