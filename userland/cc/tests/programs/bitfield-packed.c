// Packed bit-fields cross bytes without padding.
#include <stdio.h>
#include <string.h>

struct __attribute__((packed)) p {
  unsigned a : 3;
  unsigned b : 11;
  unsigned c : 30;
  unsigned long d : 12;
};

int main(void) {
  struct p s;
  memset(&s, 0, sizeof s);
  s.a = 5;
  s.b = 0x5a5;
  s.c = 0x2badcafe;
  s.d = 0xabc;
  printf("%zu %u %x %x %x\n", sizeof s, s.a, s.b, s.c, (unsigned)s.d);
  unsigned char *bytes = (unsigned char *)&s;
  for (unsigned i = 0; i < sizeof s; i++) printf("%02x ", bytes[i]);
  printf("\n");
  s.b = 0;
  printf("%u %x %x %x\n", s.a, s.b, s.c, (unsigned)s.d);
  return 0;
}
