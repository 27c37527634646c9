// The compiler computes these; the results must be those of the machine.
#include <stdio.h>

int main(void) {
  printf("%d %d %d %d\n", 7 / 2, -7 / 2, 7 / -2, -7 / -2);
  printf("%d %d %d %d\n", 7 % 3, -7 % 3, 7 % -3, -7 % -3);
  printf("%u %u\n", -7u / 2, -7u % 10);
  printf("%d %d\n", -8 >> 1, -1 >> 31);
  printf("%u %u\n", -8u >> 1, 1u << 31);
  printf("%ld %lu\n", -8l >> 1, 1ul << 63);
  printf("%d %d %d\n", ~0, ~0x55, ~-1);
  printf("%d %d\n", (signed char)200, (unsigned char)-1);
  printf("%d %d\n", (short)40000, (unsigned short)-1);
  printf("%d %ld\n", (int)4000000000, (long)(int)0x80000000);
  printf("%d %d %d\n", -1 < 0u, -1 < 0, -1l < 0u);
  printf("%d %d\n", !5, !!5);
  printf("%d %d %d\n", 1 ? 2 : 3, 0 ? 2 : 3, (5 > 3) + (2 == 2));
  printf("%d\n", 1 + 2 * 3 - 4 / 2 % 3 << 2 & 0xff | 0x10 ^ 3);
  printf("%u\n", 65535u * 65537u + 1);
  printf("%lu\n", 0xffffffffffffffff * 0xffffffffffffffff);
  printf("%ld\n", 9223372036854775807 / -1);
  printf("%d %d\n", 'a' + 1, 'z' - 'a');
  enum { A = 1 << 4, B = A | 3, C = sizeof(int[B]) };
  printf("%d %d %d\n", A, B, C);
  return 0;
}
