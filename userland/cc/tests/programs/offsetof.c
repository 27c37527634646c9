// Offsets of members, of elements in them, of members in them.
#include <stddef.h>
#include <stdio.h>

struct inner { char c; int list[4]; };
struct outer { char a; short b; struct inner in[3]; union { char x; long y; }; struct { char p, q; } s; };

#define container_of(pointer, type, member) ((type *)((char *)(pointer)-offsetof(type, member)))

int main(void) {
  printf("%zu %zu %zu\n", offsetof(struct outer, a), offsetof(struct outer, b), offsetof(struct outer, in));
  printf("%zu %zu\n", offsetof(struct outer, in[2]), offsetof(struct outer, in[1].list[3]));
  printf("%zu %zu %zu\n", offsetof(struct outer, y), offsetof(struct outer, x), offsetof(struct outer, s.q));
  static char sized[offsetof(struct outer, in[1])];
  printf("%zu\n", sizeof sized);
  struct outer o = {.b = 77};
  int *p = &o.in[2].list[1];
  printf("%d\n", container_of(p, struct outer, in[2].list[1])->b);
  volatile int i = 2;
  printf("%zu\n", __builtin_offsetof(struct outer, in[i].c));
  return 0;
}
