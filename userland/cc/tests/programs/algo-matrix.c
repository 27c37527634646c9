// Matrices: product, transposition, determinant by elimination in fractions.
#include <stdio.h>

#define N 4
typedef long matrix[N][N];
static void product(matrix a, matrix b, matrix c) {
  for (int i = 0; i < N; i++)
    for (int j = 0; j < N; j++) {
      c[i][j] = 0;
      for (int k = 0; k < N; k++) c[i][j] += a[i][k] * b[k][j];
    }
}
static void transpose(matrix a) {
  for (int i = 0; i < N; i++)
    for (int j = i + 1; j < N; j++) {
      long t = a[i][j];
      a[i][j] = a[j][i];
      a[j][i] = t;
    }
}
static long determinant(const long *a, int n, int stride) {
  if (n == 1) return a[0];
  long d = 0, minor[9];
  for (int c = 0; c < n; c++) {
    long *to = minor;
    for (int i = 1; i < n; i++)
      for (int j = 0; j < n; j++)
        if (j != c) *to++ = a[i * stride + j];
    d += (c % 2 ? -1 : 1) * a[c] * determinant(minor, n - 1, n - 1);
  }
  return d;
}

int main(void) {
  matrix a = {{1, 2, 3, 4}, {5, 6, 7, 9}, {2, 6, 4, 8}, {3, 1, 1, 2}}, b = {{1}, {0, 2}, {0, 0, 3}, {0, 0, 0, 4}}, c;
  product(a, b, c);
  transpose(c);
  for (int i = 0; i < N; i++) printf("%ld %ld %ld %ld\n", c[i][0], c[i][1], c[i][2], c[i][3]);
  printf("%ld %ld %ld\n", determinant(&a[0][0], N, N), determinant(&b[0][0], N, N), determinant(&c[0][0], N, N));
  return 0;
}
