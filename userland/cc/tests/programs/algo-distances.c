// Dynamic programming: edit distance, knapsack, longest common subsequence, shortest paths.
#include <stdio.h>
#include <string.h>

static int min(int a, int b) { return a < b ? a : b; }
static int edit(const char *a, const char *b) {
  static int d[40][40];
  int n = strlen(a), m = strlen(b);
  for (int i = 0; i <= n; i++) d[i][0] = i;
  for (int j = 0; j <= m; j++) d[0][j] = j;
  for (int i = 1; i <= n; i++)
    for (int j = 1; j <= m; j++)
      d[i][j] = min(min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
  return d[n][m];
}
static int knapsack(int room) {
  static const struct { int weight, value; } items[] = {{12, 4}, {2, 2}, {1, 1}, {1, 2}, {4, 10}};
  int best[50] = {0};
  for (unsigned i = 0; i < sizeof items / sizeof *items; i++)
    for (int w = room; w >= items[i].weight; w--) {
      int with = best[w - items[i].weight] + items[i].value;
      if (with > best[w]) best[w] = with;
    }
  return best[room];
}
static void paths(void) {
  enum { N = 6, FAR = 1 << 20 };
  int d[N][N];
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) d[i][j] = i == j ? 0 : (i * 7 + j * 3) % 5 == 1 ? i + j * 2 + 1 : FAR;
  for (int k = 0; k < N; k++)
    for (int i = 0; i < N; i++)
      for (int j = 0; j < N; j++) d[i][j] = min(d[i][j], d[i][k] + d[k][j]);
  for (int i = 0; i < N; i++) {
    for (int j = 0; j < N; j++) printf("%d ", d[i][j] >= FAR ? -1 : d[i][j]);
    printf("| ");
  }
  printf("\n");
}

int main(void) {
  printf("%d %d %d\n", edit("kitten", "sitting"), edit("", "abc"), edit("intention", "execution"));
  printf("%d %d\n", knapsack(15), knapsack(20));
  paths();
  return 0;
}
