// A structure that ends in an array of any length, and GNU's zero-length arrays.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <stddef.h>

struct text { int length; char bytes[]; };
struct numbers { char tag; long values[]; };
struct zero { int n; int values[0]; };
static struct text constant = {5, "hello"};
static struct numbers list = {'n', {1, 2, 3}};

int main(void) {
  printf("%zu %zu %zu\n", sizeof(struct text), sizeof(struct numbers), sizeof(struct zero));
  printf("%d %s %ld\n", constant.length, constant.bytes, list.values[2]);
  struct text *t = malloc(sizeof *t + 20);
  t->length = 20;
  strcpy(t->bytes, "flexible");
  printf("%s %zu\n", t->bytes, offsetof(struct text, bytes));
  struct zero *z = malloc(sizeof *z + 3 * sizeof(int));
  for (z->n = 0; z->n < 3; z->n++) z->values[z->n] = z->n * z->n;
  printf("%d %d\n", z->values[2], z->n);
  struct text copy = *t;
  printf("%d\n", copy.length);
  return 0;
}
