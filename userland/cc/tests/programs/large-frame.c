// Frames beyond the reach of an immediate: 2 KB, 5 KB, 100 KB.
#include <stdio.h>
#include <string.h>

__attribute__((noinline)) static int fill(unsigned char *p, int size, int seed) {
  for (int i = 0; i < size; i++) p[i] = seed + i;
  return size;
}
__attribute__((noinline)) static int medium(int n) {
  unsigned char a[2040], last[16];
  int sum = n;
  fill(a, sizeof a, n);
  fill(last, sizeof last, n + 1);
  for (unsigned i = 0; i < sizeof a; i++) sum += a[i];
  return sum + last[15] * 1000;
}
__attribute__((noinline)) static int large(int n, int b, int c, int d, int e, int f, int g, int h, int on_stack) {
  char text[8] = "text";
  unsigned char a[5000];
  int between = 77;
  unsigned char z[4096];
  fill(a, sizeof a, n);
  fill(z, sizeof z, b);
  return a[4999] + z[4095] * 256 + between + on_stack * 65536 + c + d + e + f + g + h + text[3];
}
__attribute__((noinline)) static long huge(int n) {
  unsigned char a[100000];
  int small = 5;
  fill(a, sizeof a, n);
  long sum = small;
  for (int i = 0; i < 100000; i += 999) sum += a[i];
  return n ? sum + huge(n - 1) : sum;
}

int main(void) {
  printf("%d\n", medium(3));
  printf("%d\n", large(1, 2, 3, 4, 5, 6, 7, 8, 9));
  printf("%ld\n", huge(5));
  return 0;
}
