// Members of members, anonymous ones among them.
#include <stdio.h>

struct inner { int a; char b; };
struct outer {
  struct inner first;
  struct { short x, y; } named;
  struct { int anonymous_a; union { int u1; char u2[4]; }; };
  struct inner list[2];
  struct outer *self;
};

int main(void) {
  struct outer o = {{1, 'b'}, {2, 3}, {4, {0x41424344}}, {{5, 'c'}, {6, 'd'}}, 0};
  o.self = &o;
  printf("%d %c %d %d %d %x %c\n", o.first.a, o.first.b, o.named.x, o.named.y, o.anonymous_a, o.u1, o.u2[0]);
  printf("%d %c %d\n", o.list[0].a, o.list[1].b, o.self->self->list[1].a);
  o.self->named.y = 30;
  o.self->list[1] = o.first;
  printf("%d %d\n", o.named.y, o.list[1].a);
  struct outer copy = *o.self;
  copy.self->first.a = 100;
  printf("%d %d\n", copy.first.a, o.first.a);
  printf("%zu\n", sizeof(struct outer));
  return 0;
}
