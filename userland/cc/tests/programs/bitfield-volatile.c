// Volatile bit-fields and writes that leave neighbours alone.
#include <stdio.h>

struct s { volatile unsigned a : 5; volatile unsigned b : 6; volatile int c : 21; };

int main(void) {
  struct s s = {31, 63, -1};
  for (int i = 0; i < 32; i += 7) {
    s.a = i;
    s.b = i * 2;
    s.c = -i;
    printf("%u %u %d\n", s.a, s.b, s.c);
  }
  struct s *p = &s;
  p->a = 0;
  printf("%u %u %d\n", p->a, p->b, p->c);
  return 0;
}
