// Copies of structures of many sizes and alignments.
#include <stdio.h>

#define COPY(n, type)                                                     \
  do {                                                                    \
    struct { type m[n]; } a, b, *p = &b;                                  \
    struct { char before; struct { type m[n]; } in; char after; } c = {1, {{0}}, 2}; \
    for (int i = 0; i < n; i++) a.m[i] = (type)(i * 7 + n);               \
    b = a;                                                                \
    a.m[0] = 99;                                                          \
    *p = b;                                                               \
    for (int i = 0; i < n; i++) c.in.m[i] = p->m[i];                      \
    unsigned sum = 0;                                                     \
    for (int i = 0; i < n; i++) sum = sum * 31 + c.in.m[i] + b.m[i];      \
    printf("%u %d ", sum, c.before + c.after);                            \
  } while (0)
#define ALL(type)                                                                                               \
  COPY(1, type); COPY(2, type); COPY(3, type); COPY(4, type); COPY(5, type); COPY(6, type); COPY(7, type); COPY(8, type); \
  COPY(9, type); COPY(15, type); COPY(16, type); COPY(17, type); COPY(31, type); COPY(33, type); COPY(100, type); \
  printf("\n")

int main(void) {
  ALL(unsigned char);
  ALL(short);
  ALL(int);
  ALL(long);
  return 0;
}
