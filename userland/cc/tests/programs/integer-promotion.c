// Narrow operands are computed as int.
#include <stdio.h>

int main(void) {
  volatile unsigned char a = 200, b = 100;
  volatile signed char c = 100;
  volatile unsigned short s = 65535;
  printf("%d %d %d %d\n", a + b, a * b, b - a, c + c);
  printf("%d %d\n", s + 1, s << 4);
  printf("%d\n", (unsigned char)(a + b));
  printf("%d\n", (signed char)(c + c));
  printf("%d %d\n", ~a, (unsigned char)~a);
  printf("%d\n", ~a >> 4);
  printf("%d\n", (a ^ 0xff) == (unsigned char)~a);
  printf("%d\n", a + b > 255);
  printf("%zu %zu %zu %zu\n", sizeof(a + b), sizeof(s + s), sizeof(a), sizeof(-a));
  printf("%d\n", (a << 24) / 2 != 0);
  return 0;
}
