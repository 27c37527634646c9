// Expressions whose evaluation needs many temporaries.
#include <stdio.h>

__attribute__((noinline)) static int f(int a, int b) { return a * 3 - b; }

int main(void) {
  volatile int v = 3;
  int a = v, b = v + 1, c = v + 2, d = v + 3;
  int r = ((((a + b) * (c - d)) ^ ((a * c) | (b & d))) + (((a << 2) - (b << 1)) * ((c + d) - (a * b)))) -
          ((((a - d) * (b + c)) | ((d * d) & (c + a))) * (((a + a) ^ (b + b)) - ((c + c) & (d + d))));
  printf("%d\n", r);
  r = a + (b + (c + (d + (a * (b + (c * (d - (a + (b - (c + (d * (a - (b * (c + d))))))))))))));
  printf("%d\n", r);
  r = f(f(f(a, b), f(c, d)), f(f(d, c), f(b, a))) + f(a, f(b, f(c, f(d, 1))));
  printf("%d\n", r);
  r = f(a, b) + f(b, c) * f(c, d) - f(d, a) / (f(a, c) + 100) + (f(b, d) ^ f(c, a));
  printf("%d\n", r);
  return 0;
}
