/* Counters of 64 bits that go up beside what they index, whose end the test may look at instead. */
typedef unsigned long size;
int printf(const char *, ...);
struct s {
  int a, b, c;
};
#define ALONE static __attribute__((noinline))

ALONE long sum(const long *p, size n) {
  long s = 0;
  for (size i = 0; i < n; i++) s += p[i];
  return s;
}
ALONE void multiply(int *d, const int *a, const int *b, size n) {
  for (size i = 0; i < n; i++) d[i] = a[i] * b[i];
}
ALONE int third(const struct s *p, size n) {
  int s = 0;
  for (size i = 0; i != n; i++) s = s * 3 + p[i].c;
  return s;
}
/* A bound that may be beyond all memory, since something else ends the loop. */
ALONE int find(const int *p, size n, int x) {
  size i;
  for (i = 0; i < n; i++)
    if (p[i] == x) break;
  return i;
}
ALONE int some(const int *p, size n, int x) {
  int s = 0;
  for (size i = 0; i < n; i++)
    if (x & (1 << (s & 3)))
      s += p[i];
    else
      s++;
  return s;
}
ALONE int with_sign(const int *p, long n) {
  int s = 0;
  for (long i = 0; i < n; i++) s = s * 5 + p[i];
  return s;
}
int main(void) {
  long l[20];
  int a[20], b[20], c[20];
  struct s r[20];
  for (int i = 0; i < 20; i++) {
    l[i] = i * 7 + 1, a[i] = i * 3, b[i] = i + 5, c[i] = 0;
    r[i].c = i * i;
  }
  for (size n = 0; n < 20; n++) {
    multiply(c, a, b, n);
    int k = 0;
    for (int i = 0; i < 20; i++) k = k * 31 + c[i];
    printf("%ld %d %d %d", sum(l, n), k, third(r, n), find(a, n, 15));
    printf(" %d %d %d\n", some(a, n, 5), with_sign(a, n), with_sign(a, -(long)n));
  }
  printf("%d %d\n", find(a, -1ul, 15), find(a, 1ul << 62, 15));
  return 0;
}
