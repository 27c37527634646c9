// __builtin_object_size of what an expression names.
#include <stdio.h>

struct inner { short tag; char name[6]; int numbers[4]; };
struct outer { long first; struct inner in[3]; char last[5]; };
struct flexible { int count; char data[]; };
static struct outer shared;
extern char unknown[];
char unknown[9];
static char grid[4][10];

#define SHOW(pointer)                                                                             \
  printf("%ld %ld %ld %ld\n", (long)__builtin_object_size(pointer, 0), (long)__builtin_object_size(pointer, 1), \
         (long)__builtin_object_size(pointer, 2), (long)__builtin_object_size(pointer, 3))

int main(int argc, char **argv) {
  struct outer own[2];
  char text[20];
  SHOW(text);
  SHOW(&text[3]);
  SHOW(&shared);
  SHOW(&shared.in[1]);
  SHOW(shared.in[1].name);
  SHOW(&shared.in[1].name[2]);
  SHOW(&shared.in[2].numbers[1]);
  SHOW(&own[1]);
  SHOW(&own[1].in[2].tag);
  SHOW(&own[0].first);
  SHOW(grid[2]);
  SHOW(&grid[1][4]);
  SHOW("hello");
  SHOW(unknown);
  SHOW(argv);
  SHOW(argv[argc]);
  SHOW(&argc);
  SHOW(((struct flexible *)argv)->data);
  (void)own, (void)text;
  return 0;
}
