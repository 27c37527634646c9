// Variables that exchange their values from turn to turn.
#include <stdio.h>

int main(void) {
  unsigned long a = 0, b = 1;
  for (int i = 0; i < 90; i++) {
    unsigned long t = a;
    a = b;
    b += t;
  }
  printf("%lu %lu\n", a, b);
  int x = 1, y = 2, z = 3;
  for (volatile int i = 0; i < 7; i++) {
    int t = x;
    x = y;
    y = z;
    z = t;
    if (i % 3 == 0) {
      t = x;
      x = y;
      y = t;
    }
  }
  printf("%d %d %d\n", x, y, z);
  int m = 1071, n = 462;
  while (n) {
    int r = m % n;
    m = n;
    n = r;
  }
  printf("%d\n", m);
  int previous = 0, current = 0, steps = 0;
  do {
    previous = current;
    current = current * 5 + 3 & 63;
    steps++;
  } while (current > previous);
  printf("%d %d %d\n", previous, current, steps);
  return 0;
}
