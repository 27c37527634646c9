// Objects of _Atomic type: each access and each operation is one.
#include <stdio.h>

static _Atomic int counter;
static _Atomic(long) wide = 5;
static _Atomic unsigned char byte = 250;
static _Atomic short half;
struct s { int a; _Atomic unsigned n; };

int main(void) {
  counter++;
  ++counter;
  counter += 10;
  printf("%d\n", counter);
  int old = counter--;
  printf("%d %d\n", old, counter);
  counter -= 3;
  counter *= 5;
  counter |= 0x100;
  counter ^= 1;
  counter &= ~2;
  counter <<= 1;
  printf("%d\n", counter);
  wide += 1l << 40;
  wide = wide + 1;
  printf("%ld %ld\n", wide, wide += 2);
  byte += 10;
  printf("%d\n", byte);
  printf("%d\n", byte++);
  half = -5;
  half -= 32767;
  printf("%d\n", half);
  struct s s = {1, 2}, *p = &s;
  p->n += s.a;
  printf("%u\n", p->n);
  int x = counter = 7;
  printf("%d %zu\n", x, sizeof(counter));
  return 0;
}
