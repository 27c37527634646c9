// More live values than there are registers, across calls too.
#include <stdio.h>

__attribute__((noinline)) static long id(long x) { return x; }

__attribute__((noinline)) static long test(long s) {
  long a = s + 1, b = s * 3, c = s ^ 5, d = s - 7, e = s << 1, f = s >> 1, g = ~s, h = s * s, i = s + 11, j = s - 13,
       k = s | 17, l = s & 19, m = s * 23, n = -s, o = s + 29, p = s ^ 31, q = s * 37, r = s + 41, t = s - 43, u = s ^ 47,
       v = s + 53, w = s * 59, x = s - 61, y = s + 67, z = s ^ 71;
  for (int turn = 0; turn < 3; turn++) {
    a += b * c; b -= d; c ^= e; d += f; e -= g; f ^= h; g += i; h -= j; i ^= k; j += l; k -= m; l ^= n; m += o; n -= p;
    o ^= q; p += r; q -= t; r ^= u; t += v; u -= w; v ^= x; w += y; x -= z; y ^= a; z += id(b);
    c += id(a + z);
  }
  printf("%ld %ld %ld %ld %ld %ld %ld %ld %ld %ld %ld %ld %ld\n", a, b, c, d, e, f, g, h, i, j, k, l, m);
  return n + o + p + q + r + t + u + v + w + x + y + z;
}

int main(void) {
  for (long s = -3; s < 1000; s = s * 2 + 7) printf("%ld\n", test(s));
  return 0;
}
