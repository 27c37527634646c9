// _Bool variables in and out of expressions.
#include <stdbool.h>
#include <stdio.h>

static bool is_even(int n) { return !(n & 1); }
static bool both(bool a, bool b) { return a && b; }
static bool either(bool a, bool b) { return a | b; }
static bool table[4] = {true, false, 5, 0};

int main(void) {
  bool seen = false;
  int count = 0;
  for (int i = 0; i < 10; i++) {
    if (is_even(i)) seen = !seen;
    count += seen + both(seen, i > 5) * 2 + either(!seen, i < 3) * 4;
  }
  printf("%d %d\n", seen, count);
  bool x = count, y = count & 0x100, z = &count;
  printf("%d %d %d %d\n", x, y, z, x + y + z);
  for (int i = 0; i < 4; i++) printf("%d", table[i]);
  bool *p = &x;
  *p = *p - 1;
  printf(" %d %d\n", x, x ? 10 : 20);
  return x == true ? 1 : 0;
}
