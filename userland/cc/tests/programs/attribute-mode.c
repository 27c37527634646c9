// __attribute__((mode)): integers of a machine's width, whatever type they stand at; sizes of array parameters have effects.
#include <stdio.h>

typedef int i8 __attribute__((mode(QI)));
typedef unsigned u8 __attribute__((__mode__(__QI__)));
typedef long i16 __attribute__((mode(HI)));
typedef unsigned char u64 __attribute__((mode(DI)));
typedef int word __attribute__((mode(word)));
typedef unsigned int address __attribute__((mode(pointer)));
typedef int *p __attribute__((mode(DI)));
struct s {
  char c;
  int m __attribute__((mode(HI)));
  unsigned b __attribute__((mode(QI)));
  i16 w : 9;
};
static int sum(int a __attribute__((mode(QI))), unsigned b __attribute__((mode(HI)))) { return a + (int)b; }
static int sizes(int n, int a[n++], int b[n += 10], char (*f)(int k, int z[k])) { return n + a[0] + b[0] + f(1, a); }
static char third(int k, int z[k]) { return (char)(z[2] + k); }
static int old(n, a) int n, a[n++]; { return n + a[1]; }

int main(void) {
  i8 a = (i8)200;
  u8 b = (u8)300;
  i16 c = (i16)70000;
  u64 d = ~(u64)0;
  const unsigned long e __attribute__((mode(SI))) = 1;
  printf("%d %d %d %lu %zu\n", a, b, c, (unsigned long)d, sizeof e);
  printf("%zu %zu %zu %zu %zu\n", sizeof(word), sizeof(address), sizeof(p), sizeof(struct s), _Alignof(u64));
  printf("%d %d %d\n", (word)-1 < 0, (address)-1 < 0, (u8)-1 < 0);
  printf("%d\n", sum(0x1ff, 0x10001));
  int array[] = {5, 6, 7};
  printf("%d %d\n", sizes(1, array, array, third), old(3, array));
  return 0;
}
