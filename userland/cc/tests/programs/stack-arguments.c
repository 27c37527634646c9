// More than two kilobytes of arguments on the stack.
#include <stdio.h>

struct page { int words[4]; };
#define EIGHT(x) x, x, x, x, x, x, x, x
#define TYPES_8(p) long p##0, long p##1, long p##2, long p##3, long p##4, long p##5, long p##6, long p##7
#define SUM_8(p) p##0 + p##1 * 2 + p##2 * 3 + p##3 * 4 + p##4 * 5 + p##5 * 6 + p##6 * 7 + p##7 * 8
#define TYPES_64(p) TYPES_8(p##a), TYPES_8(p##b), TYPES_8(p##c), TYPES_8(p##d), TYPES_8(p##e), TYPES_8(p##f), TYPES_8(p##g), TYPES_8(p##h)
#define SUM_64(p) SUM_8(p##a) + 3 * (SUM_8(p##b)) + 5 * (SUM_8(p##c)) + SUM_8(p##d) + SUM_8(p##e) + SUM_8(p##f) + SUM_8(p##g) + SUM_8(p##h)
__attribute__((noinline)) static long many(TYPES_64(w), TYPES_64(x), TYPES_64(y), TYPES_64(z), TYPES_64(v), char last) {
  long *p = &za0;
  *p += 1;
  return SUM_64(w) + SUM_64(x) - SUM_64(y) + SUM_64(z) * 7 - SUM_64(v) + last;
}

int main(void) {
  volatile long n = 3;
#define COUNT EIGHT(n), EIGHT(n + 1), EIGHT(-n), EIGHT(n * 5), EIGHT(2), EIGHT(n - 4), EIGHT(1), EIGHT(n)
  printf("%ld\n", many(COUNT, COUNT, COUNT, COUNT, COUNT, 'c'));
  n = -100000;
  printf("%ld\n", many(COUNT, COUNT, COUNT, COUNT, COUNT, 255));
  return 0;
}
