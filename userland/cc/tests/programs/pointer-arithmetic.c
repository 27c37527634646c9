// Pointers move by whole elements, whatever their size.
#include <stdio.h>

struct three { char c[3]; };
struct twelve { int a, b, c; };

#define WALK(type, n)                                                                                          \
  do {                                                                                                         \
    static type array[n];                                                                                      \
    type *p = array, *q = &array[n];                                                                           \
    volatile long five = 5;                                                                                    \
    volatile unsigned char two = 2;                                                                            \
    volatile int minus = -3;                                                                                   \
    printf(#type " %ld %ld %ld", (long)((char *)(p + five) - (char *)p), (long)(q - p), (long)(p - q));        \
    p += two;                                                                                                  \
    q -= five;                                                                                                 \
    printf(" %ld %ld", (long)(p - array), (long)(q - array));                                                  \
    printf(" %d %d %d", p < q, p >= q, p + (n - 7) == q);                                                      \
    printf(" %ld", (long)(&q[minus] - array));                                                                 \
    printf(" %ld\n", (long)(&(p + five)[-6] - array));                                                         \
  } while (0)

int main(void) {
  WALK(char, 20);
  WALK(short, 20);
  WALK(int, 20);
  WALK(long, 20);
  WALK(struct three, 20);
  WALK(struct twelve, 20);
  typedef int row[7];
  WALK(row, 20);
  typedef char *string;
  WALK(string, 20);
  int numbers[] = {10, 20, 30, 40, 50}, *p = numbers + 2;
  printf("%d %d %d %d %d\n", *p, p[1], p[-1], *(p + 2), 2 [numbers]);
  printf("%d %d\n", *p++ + 0, *p);
  const unsigned index = 1;
  printf("%d\n", p[index - 2 + 1 - 0u + 0]);
  void *v = numbers;
  v = (char *)v + sizeof(int);
  printf("%d\n", *(int *)v);
  printf("%ld\n", (char *)&numbers[3] - (char *)numbers);
  return 0;
}
