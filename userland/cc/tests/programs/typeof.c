// flags: -std=gnu11
// GNU's typeof of types and expressions.
#include <stdio.h>

#define MAX(a, b)                 \
  ({                              \
    typeof(a) a_ = (a);           \
    __typeof__(b) b_ = (b);       \
    a_ > b_ ? a_ : b_;            \
  })
#define SWAP(a, b)      \
  do {                  \
    typeof(a) t = a;    \
    a = b;              \
    b = t;              \
  } while (0)

static int f(char c) { return c; }
typeof(f) *pointer = f;

int main(void) {
  int n = 3;
  int array[5] = {1, 2, 3, 4, 5};
  typeof(array) copy;
  typeof(&array[0]) p = array;
  typeof(int *) a, b;
  typeof(n++) same = 7;
  a = b = &n;
  const typeof(n) constant = 9;
  printf("%zu %d %d %d %d %d\n", sizeof copy, *p, *a + *b, same, n, constant);
  printf("%d %ld\n", MAX(3, 7), MAX(3, 5000000000));
  struct { int x, y; } s = {1, 2}, t = {3, 4};
  SWAP(s, t);
  printf("%d %d\n", s.x, t.y);
  typeof(s) u = s;
  typeof(u.x) x = u.y;
  printf("%d %d\n", x, pointer('a'));
  typeof(typeof(char)[4]) four;
  printf("%zu\n", sizeof four);
  return 0;
}
