// GNU's ranges of designators.
#include <stdio.h>

static const char kind[256] = {['0' ... '9'] = 'd', ['a' ... 'z'] = 'l', ['A' ... 'Z'] = 'u', [' '] = 's'};
static int steps[] = {[0 ... 3] = 1, [4 ... 6] = 2, 9};
struct s { int a, b; };
static struct s structures[5] = {[1 ... 3] = {4, 5}, [2].b = 6};

static int calls;
static int next(int by) {
  calls += by;
  return calls;
}

/* Values that are no constants are evaluated once for the whole range, whatever replaces parts of it. */
static void evaluated_once(int elt) {
  struct { int a[8]; struct s b[4]; unsigned c; } all = {
      {[1 ... 5] = elt, [6 ... 7] = elt + 1, [3 ... 4] = next(10)}, {[0 ... 3] = {next(1), elt * 2}, [0] = {7, 8}}, 1};
  for (int i = 0; i < 8; i++) printf("%d ", all.a[i]);
  for (int i = 0; i < 4; i++) printf("(%d %d)", all.b[i].a, all.b[i].b);
  printf(" %u, %d\n", all.c, calls);
}

int main(void) {
  evaluated_once(66);
  for (const char *p = "a Z9!"; *p; p++) printf("%c", kind[(int)*p] ? kind[(int)*p] : '-');
  printf("\n");
  for (unsigned i = 0; i < sizeof steps / sizeof *steps; i++) printf("%d ", steps[i]);
  for (int i = 0; i < 5; i++) printf("(%d %d)", structures[i].a, structures[i].b);
  int local[8] = {[2 ... 5] = 3};
  printf(" %d %d %d\n", local[1], local[5], local[6]);
  return 0;
}
