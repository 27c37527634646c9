/* What gcc expects of libgcc and libatomic, which our programs are linked without: record.mjs links it into what gcc
   compiles. The programs have one thread, so nothing here is atomic. */
#define LIBRARY(name) __asm__(#name)

#define ATOMIC(size, type)                                                                                           \
  type load_##size(type *p, int order) LIBRARY(__atomic_load_##size);                                                \
  type load_##size(type *p, int order) { return (void)order, *p; }                                                   \
  void store_##size(type *p, type v, int order) LIBRARY(__atomic_store_##size);                                      \
  void store_##size(type *p, type v, int order) { (void)order, *p = v; }                                             \
  type exchange_##size(type *p, type v, int order) LIBRARY(__atomic_exchange_##size);                                \
  type exchange_##size(type *p, type v, int order) {                                                                 \
    type old = *p;                                                                                                   \
    (void)order, *p = v;                                                                                             \
    return old;                                                                                                      \
  }                                                                                                                  \
  _Bool compare_##size(type *p, type *e, type d, int x, int y) LIBRARY(__atomic_compare_exchange_##size);            \
  _Bool compare_##size(type *p, type *e, type d, int x, int y) {                                                     \
    type old = *p;                                                                                                   \
    (void)x, (void)y;                                                                                                \
    if (old == *e) return *p = d, 1;                                                                                 \
    *e = old;                                                                                                        \
    return 0;                                                                                                        \
  }                                                                                                                  \
  FETCH(size, type, add, old + v)                                                                                    \
  FETCH(size, type, sub, old - v)                                                                                    \
  FETCH(size, type, and, old &v)                                                                                     \
  FETCH(size, type, or, old | v)                                                                                     \
  FETCH(size, type, nand, ~(old & v))                                                                                  \
  FETCH(size, type, xor, old ^ v)
#define FETCH(size, type, name, value)                                                \
  type fetch_##name##_##size(type *p, type v, int order) LIBRARY(__atomic_fetch_##name##_##size); \
  type fetch_##name##_##size(type *p, type v, int order) {                            \
    type old = *p;                                                                    \
    (void)order, *p = (type)(value);                                                  \
    return old;                                                                       \
  }
ATOMIC(1, unsigned char)
ATOMIC(2, unsigned short)

int __popcountdi2(unsigned long x) {
  int n = 0;
  for (; x; x &= x - 1) n++;
  return n;
}
int __ctzdi2(unsigned long x) {
  int n = 0;
  while (!(x >> n & 1)) n++;
  return n;
}
int __clzdi2(unsigned long x) {
  int n = 0;
  while (!(x << n >> 63)) n++;
  return n;
}
int __ffsdi2(unsigned long x) { return x ? __ctzdi2(x) + 1 : 0; }
int __paritydi2(unsigned long x) { return __popcountdi2(x) % 2; }
unsigned __bswapsi2(unsigned x) { return x >> 24 | (x >> 8 & 0xff00) | (x << 8 & 0xff0000) | x << 24; }
unsigned long __bswapdi2(unsigned long x) { return (unsigned long)__bswapsi2((unsigned)x) << 32 | __bswapsi2((unsigned)(x >> 32)); }

int __clrsbdi2(long x) {
  int n = 0;
  for (int bit = 62; bit >= 0 && (x >> bit & 1) == (x >> 63 & 1); bit--) n++;
  return n;
}
