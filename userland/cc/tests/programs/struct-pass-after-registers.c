// Structures that find some, one or none of the argument registers free.
#include <stdio.h>

struct one { int a; };
struct two { long a, b; };
struct three { long a, b, c; };

#define N __attribute__((noinline)) static
N long f0(struct two s, int a) { return s.a * 3 + s.b * 5 + a; }
N long f6(int a, int b, int c, int d, int e, int f, struct two s, int g) { return s.a * 3 + s.b * 5 + a + b + c + d + e + f + g * 7; }
N long f7(int a, int b, int c, int d, int e, int f, int g, struct two s, int h) { return s.a * 3 + s.b * 5 + a + b + c + d + e + f + g + h * 7; }
N long f8(int a, int b, int c, int d, int e, int f, int g, int h, struct two s, int i) { return s.a * 3 + s.b * 5 + a + b + c + d + e + f + g + h + i * 7; }
N long g7(int a, int b, int c, int d, int e, int f, int g, struct one s, int h) { return s.a * 3 + a + b + c + d + e + f + g + h * 7; }
N long g8(int a, int b, int c, int d, int e, int f, int g, int h, struct one s, int i) { return s.a * 3 + a + b + c + d + e + f + g + h + i * 7; }
N long h7(int a, int b, int c, int d, int e, int f, int g, struct three s, int h) { return s.a * 3 + s.b * 5 + s.c + a + b + c + d + e + f + g + h * 7; }
N long h8(int a, int b, int c, int d, int e, int f, int g, int h, struct three s, int i) { return s.a * 3 + s.b * 5 + s.c + a + b + c + d + e + f + g + h + i * 7; }
N struct three r7(int a, int b, int c, int d, int e, int f, int g, struct two s) { return (struct three){s.a, s.b, a + b + c + d + e + f + g}; }
N struct three r6(int a, int b, int c, int d, int e, int f, struct two s, long x) { return (struct three){s.a, s.b, a + b + c + d + e + f + x}; }

int main(void) {
  struct one s1 = {-11};
  struct two s2 = {100, -2000};
  struct three s3 = {1, 2, 3};
  printf("%ld\n", f0(s2, 1));
  printf("%ld\n", f6(1, 2, 3, 4, 5, 6, s2, 7));
  printf("%ld\n", f7(1, 2, 3, 4, 5, 6, 7, s2, 8));
  printf("%ld\n", f8(1, 2, 3, 4, 5, 6, 7, 8, s2, 9));
  printf("%ld\n", g7(1, 2, 3, 4, 5, 6, 7, s1, 8));
  printf("%ld\n", g8(1, 2, 3, 4, 5, 6, 7, 8, s1, 9));
  printf("%ld\n", h7(1, 2, 3, 4, 5, 6, 7, s3, 8));
  printf("%ld\n", h8(1, 2, 3, 4, 5, 6, 7, 8, s3, 9));
  struct three r = r7(1, 2, 3, 4, 5, 6, 7, s2);
  printf("%ld %ld %ld\n", r.a, r.b, r.c);
  r = r6(1, 2, 3, 4, 5, 6, s2, 50);
  printf("%ld %ld %ld\n", r.a, r.b, r.c);
  return 0;
}
