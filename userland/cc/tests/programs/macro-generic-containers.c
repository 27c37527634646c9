// Containers of any type by macros, as C programmers write them.
#include <stdio.h>
#include <stdlib.h>

#define VECTOR(type, name)                                                         \
  struct name { type *items; int count, room; };                                   \
  static void name##_push(struct name *v, type item) {                             \
    if (v->count == v->room) {                                                     \
      v->room = v->room ? v->room * 2 : 2;                                         \
      v->items = realloc(v->items, v->room * sizeof *v->items);                    \
    }                                                                              \
    v->items[v->count++] = item;                                                   \
  }                                                                                \
  static type name##_pop(struct name *v) { return v->items[--v->count]; }
struct pair { short a; long b; };
VECTOR(int, ints)
VECTOR(char, chars)
VECTOR(struct pair, pairs)
#define FOR_EACH(type, at, vector) for (type *at = (vector).items; at < (vector).items + (vector).count; at++)

int main(void) {
  struct ints i = {0};
  struct chars c = {0};
  struct pairs p = {0};
  for (int n = 0; n < 10; n++) {
    ints_push(&i, n * n);
    chars_push(&c, 'a' + n);
    pairs_push(&p, (struct pair){-n, n * 10000000000});
  }
  int sum = 0;
  FOR_EACH(int, at, i) sum += *at;
  FOR_EACH(char, at, c) putchar(*at);
  printf(" %d %d %c %ld", sum, ints_pop(&i), chars_pop(&c), pairs_pop(&p).b);
  FOR_EACH(struct pair, at, p) sum += at->a;
  printf(" %d %d\n", sum, p.room);
  return 0;
}
