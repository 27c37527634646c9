// Long chains of && and ||, ?: in conditions, assignments in conditions.
#include <stdio.h>

static int kind(int c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ? 1 : c >= '0' && c <= '9' ? 2 : c == '_' || c == '$' ? 3 : c == ' ' || (c > 8 && c < 14) ? 4 : 0;
}
static int inside(int x, int y) { return !(x < 0 || y < 0 || x >= 10 || y >= 10) && !(x == 5 && y == 5); }

int main(void) {
  int counts[5] = {0};
  for (int c = 0; c < 256; c++) counts[kind(c)]++;
  for (int i = 0; i < 5; i++) printf("%d ", counts[i]);
  int n = 0;
  for (int y = -2; y < 12; y++)
    for (int x = -2; x < 12; x++)
      if (inside(x, y)) n++;
  printf("%d\n", n);
  int a, b = 3;
  if ((a = b - 3) || (b = a + 7)) printf("%d %d\n", a, b);
  while ((a = a * 2 + 1) < 100 && a != 63) b++;
  printf("%d %d\n", a, b);
  if ((a > b ? a : b) > (a < b ? a : b) && !(a == b ? 1 : 0)) printf("larger\n");
  if (!!(a & 1) == !(b & 1)) printf("parity\n");
  return 0;
}
