// The Mandelbrot set in fixed point.
#include <stdio.h>

typedef int fixed;
#define ONE (1 << 12)
static fixed multiply(fixed a, fixed b) { return (fixed)((long)a * b / ONE); }

int main(void) {
  for (int y = -10; y <= 10; y++) {
    for (int x = -28; x < 12; x++) {
      fixed cr = x * ONE / 14, ci = y * ONE / 8, r = 0, i = 0;
      int n = 0;
      while (n < 40 && multiply(r, r) + multiply(i, i) < 4 * ONE) {
        fixed t = multiply(r, r) - multiply(i, i) + cr;
        i = 2 * multiply(r, i) + ci;
        r = t;
        n++;
      }
      putchar(" .:-=+*#%@"[n / 4 > 9 ? 9 : n / 4]);
    }
    putchar('\n');
  }
  return 0;
}
