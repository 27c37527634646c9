// Bit-fields of several widths, signed and unsigned.
#include <stdio.h>

struct fields {
  unsigned a : 1;
  unsigned b : 3;
  int c : 4;
  unsigned d : 8;
  int e : 16;
  unsigned long f : 40;
  long g : 24;
};

int main(void) {
  struct fields s = {1, 5, -3, 200, -1234, 0xabcdef1234, -99};
  printf("%u %u %d %u %d %lx %ld\n", s.a, s.b, s.c, s.d, s.e, (unsigned long)s.f, (long)s.g);
  s.a = 2;
  s.b = 9;
  s.c = 9;
  s.d += 100;
  s.e <<= 1;
  s.f = -1;
  s.g = 1 << 23;
  printf("%u %u %d %u %d %lx %ld\n", s.a, s.b, s.c, s.d, s.e, (unsigned long)s.f, (long)s.g);
  printf("%zu\n", sizeof s);
  unsigned char *bytes = (unsigned char *)&s;
  for (unsigned i = 0; i < sizeof s; i++) printf("%02x", bytes[i]);
  printf("\n");
  return 0;
}
