// Eight queens, with arrays and with bits.
#include <stdio.h>

static int solutions, columns[8], first[8];
static int fits(int row, int column) {
  for (int i = 0; i < row; i++)
    if (columns[i] == column || columns[i] - column == row - i || column - columns[i] == row - i) return 0;
  return 1;
}
static void place(int row) {
  if (row == 8) {
    if (solutions++ == 0)
      for (int i = 0; i < 8; i++) first[i] = columns[i];
    return;
  }
  for (int c = 0; c < 8; c++)
    if (fits(row, c)) {
      columns[row] = c;
      place(row + 1);
    }
}
static int by_bits(unsigned all, unsigned taken, unsigned left, unsigned right) {
  int n = 0;
  if (taken == all) return 1;
  for (unsigned free = all & ~(taken | left | right); free;) {
    unsigned bit = free & -free;
    free ^= bit;
    n += by_bits(all, taken | bit, (left | bit) << 1, (right | bit) >> 1);
  }
  return n;
}

int main(void) {
  place(0);
  printf("%d:", solutions);
  for (int i = 0; i < 8; i++) printf(" %d", first[i]);
  printf("\n%d %d\n", by_bits(0xff, 0, 0, 0), by_bits(0x3f, 0, 0, 0));
  return 0;
}
