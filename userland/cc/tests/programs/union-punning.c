// Unions show the same bytes as other types; little-endian.
#include <stdio.h>

union u {
  unsigned long l;
  unsigned i[2];
  unsigned short s[4];
  unsigned char c[8];
  signed char sc[8];
};

int main(void) {
  union u u = {0x0123456789abcdef};
  printf("%x %x\n", u.i[0], u.i[1]);
  for (int i = 0; i < 4; i++) printf("%x ", u.s[i]);
  for (int i = 0; i < 8; i++) printf("%d ", u.sc[i]);
  printf("\n");
  u.c[3] = 0xff;
  printf("%lx\n", u.l);
  u.s[3] = 0x8000;
  printf("%lx %ld\n", u.l, (long)u.l);
  union { char c; int i; long l[3]; } sized;
  printf("%zu %zu\n", sizeof sized, _Alignof(union u));
  union { struct { int tag; int a; } x; struct { int tag; char b[4]; } y; } common = {.x = {1, 0x41424344}};
  printf("%d %c%c\n", common.y.tag, common.y.b[0], common.y.b[3]);
  union u v = u, *p = &v;
  p->i[1] = 0;
  printf("%lx %lx\n", u.l, v.l);
  return 0;
}
