/* The side that calls, and prints what came back. */
#include "abi.h"

#define CALL_BYTES(size)                                                                              \
  {                                                                                                   \
    struct b##size s = make_b##size(5), t = make_b##size(100);                                        \
    printf(#size " %ld %ld %d\n", take_b##size(1, s, 2), late_b##size(1, 2, 3, 4, 5, 6, 7, s, t, 8), s.m[0] + t.m[size - 1]); \
  }
#define CALL_SHAPE(name, members, value, digest)                                                      \
  {                                                                                                   \
    struct name s = make_##name(5), t = make_##name(-9);                                              \
    printf(#name " %ld %ld\n", take_##name(1, s, 2), late_##name(1, 2, 3, 4, 5, 6, 7, s, t, 8));       \
  }
#define CALL_NARROW(name, type)                                                                       \
  for (long v = -70000; v < 70000; v += 33333)                                                        \
    printf(#name " %ld %ld\n", (long)narrow_##name((type)v, v), (long)narrow_late_##name(1, 2, 3, 4, 5, 6, 7, 8, (type)v, (type)-v));

static long list(const char *kinds, ...) {
  va_list list;
  va_start(list, kinds);
  long sum = variable_list(kinds, list);
  va_end(list);
  return sum;
}
static long back(int a, struct llc s, char c) { return a + s.a * 3 + s.b * 5 + s.c + c; }

int main(void) {
  BYTES(CALL_BYTES)
  SHAPES(CALL_SHAPE)
  NARROW(CALL_NARROW)
  printf("%ld %ld\n", variable(3, -1, 2l, -3), variable(12, 1, -2l, 3, 4l, 5, 6l, 7, 8l, 9, 10l, -11, -12l));
  printf("%ld\n", list("ilpilcil3w", 1, 2l, make_pl(3), 4, 5l, make_llc(6), 7, 8l, make_b3(9), make_wide(10)));
  printf("%ld\n", list("iwlw", 1, make_wide(2), 3l, make_wide(4)));
  printf("%ld\n", list("illlllpi", 1, 2l, 3l, 4l, 5l, 6l, make_pl(7), 8));
  printf("%ld\n", variable_late(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, make_llc(11), 12l));
  printf("%ld\n", many(255, -2, -3, -4, 255, 65535, 4000000000u, -8, 200, -10, -11, -12, 1));
  printf("%ld\n", call_back(back, 5));
  return 0;
}
