// Packed structures: no padding, members at odd addresses.
#include <stdio.h>
#include <string.h>
#include <stddef.h>

struct __attribute__((packed)) p { char a; int b; short c; long d; char e; };
struct q { char a; struct p p; int b; };
struct partly { char a; int b __attribute__((packed)); long c; } ;
#pragma pack(push, 2)
struct two { char a; int b; long c; };
#pragma pack(pop)
struct normal { char a; int b; };

int main(void) {
  printf("%zu %zu %zu %zu %zu\n", sizeof(struct p), sizeof(struct q), sizeof(struct partly), sizeof(struct two), sizeof(struct normal));
  printf("%zu %zu %zu %zu\n", offsetof(struct p, d), offsetof(struct q, b), offsetof(struct partly, c), offsetof(struct two, c));
  struct p x = {1, -2, 3, -4, 5}, y;
  y = x;
  y.b--;
  y.c *= 100;
  y.d <<= 40;
  printf("%d %d %d %ld %d\n", y.a, y.b, y.c, (long)y.d, y.e);
  unsigned char bytes[sizeof x];
  memcpy(bytes, &x, sizeof x);
  for (unsigned i = 0; i < sizeof x; i++) printf("%02x", bytes[i]);
  struct q q[2] = {{1, x, 7}, {2, y, 8}};
  q[1].p.d++;
  printf("\n%ld %d %d\n", (long)q[1].p.d, q[1].b, q[0].p.b);
  struct p *p = &q[0].p;
  p->b = 0x12345678;
  p->d = 0x1122334455667788;
  printf("%x %lx\n", p->b, (unsigned long)p->d);
  return 0;
}
