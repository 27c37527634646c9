/* Functions that one compiler defines and another calls: what crosses the border in registers, on the stack and through
   hidden pointers (RISC-V ELF psABI, "Integer Calling Convention"). */
#include <stdarg.h>
#include <stdio.h>

/* Structures of each size and of mixed members: SHAPE(name, members, an initialiser from the number n, a digest). */
#define BYTES(X) \
  X(1) X(2) X(3) X(4) X(5) X(6) X(7) X(8) X(9) X(10) X(11) X(12) X(13) X(14) X(15) X(16) X(17) X(18) X(19) X(20) X(24) X(31) X(32) X(33) X(40)
#define BARE(...) __VA_ARGS__
#define SHAPES(X)                                                                                                   \
  X(il, (int a; long b;), (n, n * 3l), s.a * 5 + s.b)                                                               \
  X(cl, (char a; long b;), ((char)n, n * 3l), s.a * 5 + s.b)                                                        \
  X(ci, (char a; int b;), ((char)n, -n), s.a * 5 + s.b)                                                             \
  X(scs, (short a; char b[3]; short c;), ((short)n, {1, 2, (char)n}, (short)-n), s.a * 5 + s.b[2] * 3 + s.c)        \
  X(pl, (void *a; long b;), ((void *)(n * 16l), -n), (long)s.a + s.b)                                               \
  X(iii, (int a, b, c;), (n, n + 1, n + 2), s.a * 9l + s.b * 3 + s.c)                                               \
  X(llc, (long a, b; char c;), (n, -n, (char)n), s.a * 9 + s.b * 3 + s.c)                                           \
  X(bits, (unsigned a : 5, b : 20; long c : 40;), (n & 31, n * 7 & 0xfffff, -n), s.a * 9l + s.b * 3 + s.c)          \
  X(wide, (_Alignas(16) long a; int b;), (n, -n), s.a * 9 + s.b)                                                    \
  X(nest, (struct { char a; short b; } in[2]; int c;), ({{1, (short)n}, {(char)n, 3}}, n), s.in[0].b * 5 + s.in[1].a + s.c)

#define DECLARE_BYTES(size)                                  \
  struct b##size { unsigned char m[size]; };                 \
  struct b##size make_b##size(int n);                        \
  long take_b##size(int a, struct b##size s, long b);        \
  long late_b##size(int a, int b, int c, int d, int e, int f, int g, struct b##size s, struct b##size t, int h);
BYTES(DECLARE_BYTES)

#define DECLARE_SHAPE(name, members, value, digest)          \
  struct name { BARE members };                              \
  struct name make_##name(int n);                            \
  long take_##name(int a, struct name s, long b);            \
  long late_##name(int a, int b, int c, int d, int e, int f, int g, struct name s, struct name t, int h);
SHAPES(DECLARE_SHAPE)

#define NARROW(X) X(sc, signed char) X(uc, unsigned char) X(ss, short) X(us, unsigned short) X(si, int) X(ui, unsigned) X(bo, _Bool)
#define DECLARE_NARROW(name, type) type narrow_##name(type a, long b); \
  type narrow_late_##name(long a, long b, long c, long d, long e, long f, long g, long h, type i, type j);
NARROW(DECLARE_NARROW)

long variable(int count, ...);
long variable_list(const char *kinds, va_list list);
long variable_late(int a, int b, int c, int d, int e, int f, int g, int h, int i, ...);
long many(char a, short b, int c, long d, unsigned char e, unsigned short f, unsigned g, unsigned long h, char i, short j, int k, long l, _Bool m);
long call_back(long (*f)(int, struct llc, char), int n);
