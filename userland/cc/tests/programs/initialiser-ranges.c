// GNU's ranges of designators.
#include <stdio.h>

static const char kind[256] = {['0' ... '9'] = 'd', ['a' ... 'z'] = 'l', ['A' ... 'Z'] = 'u', [' '] = 's'};
static int steps[] = {[0 ... 3] = 1, [4 ... 6] = 2, 9};
struct s { int a, b; };
static struct s structures[5] = {[1 ... 3] = {4, 5}, [2].b = 6};

int main(void) {
  for (const char *p = "a Z9!"; *p; p++) printf("%c", kind[(int)*p] ? kind[(int)*p] : '-');
  printf("\n");
  for (unsigned i = 0; i < sizeof steps / sizeof *steps; i++) printf("%d ", steps[i]);
  for (int i = 0; i < 5; i++) printf("(%d %d)", structures[i].a, structures[i].b);
  int local[8] = {[2 ... 5] = 3};
  printf(" %d %d %d\n", local[1], local[5], local[6]);
  return 0;
}
