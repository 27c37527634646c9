// Increment, compound assignment and the value of an assignment to a bit-field.
#include <stdio.h>

struct s {
  unsigned u : 4;
  int i : 4;
  unsigned long l : 36;
  _Bool b : 1;
};

int main(void) {
  struct s s = {0};
  for (int n = 0; n < 20; n++) {
    int old = s.u++;
    printf("%d:%d ", old, s.u);
  }
  printf("\n");
  s.i = 5;
  s.i--;
  printf("%d %d\n", s.i, s.i - 1);
  int value = (s.u = 0x1f);
  printf("%d\n", value);
  value = (s.i = 7);
  printf("%d\n", value);
  s.u ^= 3;
  s.u |= 8;
  s.u &= 10;
  s.u <<= 1;
  printf("%d\n", s.u);
  s.l = 0xfffffffff;
  s.l++;
  printf("%lu\n", (unsigned long)s.l);
  s.l -= 1;
  printf("%lx\n", (unsigned long)s.l);
  s.b = 4;
  printf("%d\n", s.b);
  s.b += 1;
  printf("%d\n", s.b);
  printf("%d", ++s.u);
  printf(" %d", s.u--);
  printf(" %d\n", s.u);
  return 0;
}
