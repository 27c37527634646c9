/* The side that is called. */
#include "abi.h"

#define DEFINE_BYTES(size)                                                                          \
  struct b##size make_b##size(int n) {                                                              \
    struct b##size s;                                                                               \
    for (int i = 0; i < size; i++) s.m[i] = (unsigned char)(n + i * 3);                             \
    return s;                                                                                       \
  }                                                                                                 \
  long take_b##size(int a, struct b##size s, long b) {                                              \
    long sum = a;                                                                                   \
    for (int i = 0; i < size; i++) sum = sum * 3 + s.m[i];                                          \
    s.m[0] = 0;                                                                                     \
    return sum + b;                                                                                 \
  }                                                                                                 \
  long late_b##size(int a, int b, int c, int d, int e, int f, int g, struct b##size s, struct b##size t, int h) { \
    long sum = a + b + c + d + e + f + g;                                                           \
    for (int i = 0; i < size; i++) sum = sum * 3 + s.m[i] - t.m[i] * 2;                             \
    return sum + h;                                                                                 \
  }
BYTES(DEFINE_BYTES)

#define DEFINE_SHAPE(name, members, value, digest)                              \
  static long digest_##name(struct name s) { return digest; }                   \
  struct name make_##name(int n) { return (struct name){BARE value}; }          \
  long take_##name(int a, struct name s, long b) { return a + digest_##name(s) * 7 + b; } \
  long late_##name(int a, int b, int c, int d, int e, int f, int g, struct name s, struct name t, int h) { \
    return a + b + c + d + e + f + g + digest_##name(s) * 7 + digest_##name(t) * 11 + h; \
  }
SHAPES(DEFINE_SHAPE)

#define DEFINE_NARROW(name, type)                                \
  type narrow_##name(type a, long b) { return a + b; }           \
  type narrow_late_##name(long a, long b, long c, long d, long e, long f, long g, long h, type i, type j) { \
    return a + b + c + d + e + f + g + h + i * 3 + j;            \
  }
NARROW(DEFINE_NARROW)

long variable(int count, ...) {
  va_list list;
  va_start(list, count);
  long sum = 0;
  for (int i = 0; i < count; i++) sum = sum * 3 + (i % 2 ? va_arg(list, long) : va_arg(list, int));
  va_end(list);
  return sum;
}

long variable_list(const char *kinds, va_list list) {
  long sum = 0;
  for (; *kinds; kinds++) {
    sum *= 3;
    switch (*kinds) {
      case 'i': sum += va_arg(list, int); break;
      case 'l': sum += va_arg(list, long); break;
      case '3': sum += va_arg(list, struct b3).m[2]; break;
      case 'p': sum += va_arg(list, struct pl).b; break;
      case 'c': sum += va_arg(list, struct llc).c; break;
      case 'w': sum += va_arg(list, struct wide).b; break;
    }
  }
  return sum;
}

long variable_late(int a, int b, int c, int d, int e, int f, int g, int h, int i, ...) {
  va_list list;
  va_start(list, i);
  long sum = a + b + c + d + e + f + g + h + i;
  sum = sum * 3 + va_arg(list, int);
  sum = sum * 3 + va_arg(list, struct llc).a;
  sum = sum * 3 + va_arg(list, long);
  va_end(list);
  return sum;
}

long many(char a, short b, int c, long d, unsigned char e, unsigned short f, unsigned g, unsigned long h, char i, short j, int k, long l, _Bool m) {
  return a + b * 2l + c * 3l + d * 4 + e * 5 + f * 6 + g * 7ul + h * 8 + i * 9 + j * 10 + k * 11l + l * 12 + m * 13;
}

long call_back(long (*f)(int, struct llc, char), int n) {
  long sum = 0;
  for (int i = 0; i < n; i++) sum = sum * 3 + f(i, make_llc(i), (char)(200 + i));
  return sum;
}
