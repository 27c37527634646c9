// Conway's game of life on a torus.
#include <stdio.h>
#include <string.h>

enum { W = 16, H = 10 };
typedef char grid[H][W];

static int neighbours(grid g, int y, int x) {
  int n = 0;
  for (int dy = -1; dy <= 1; dy++)
    for (int dx = -1; dx <= 1; dx++)
      if (dx || dy) n += g[(y + dy + H) % H][(x + dx + W) % W];
  return n;
}
static void step(grid from, grid to) {
  for (int y = 0; y < H; y++)
    for (int x = 0; x < W; x++) {
      int n = neighbours(from, y, x);
      to[y][x] = n == 3 || (n == 2 && from[y][x]);
    }
}

int main(void) {
  grid a = {[1] = {[2] = 1}, [2] = {[3] = 1}, [3] = {1 - 1, 1, 1, 1}, [6] = {[8] = 1, 1, 1}}, b;
  for (int i = 0; i < 20; i++) {
    step(a, b);
    memcpy(a, b, sizeof a);
  }
  for (int y = 0; y < H; y++) {
    for (int x = 0; x < W; x++) putchar(a[y][x] ? '#' : '.');
    putchar('\n');
  }
  return 0;
}
