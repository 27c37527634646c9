// ({ … }) with declarations, control flow and values.
#include <stdio.h>

struct s { int a; char b[20]; };
static int f(int x) {
  return ({
    int r = 0;
    for (int i = 0; i < x; i++) {
      if (i == 5) break;
      r += i;
    }
    r;
  }) * 2;
}
static int early(int x) {
  int y = ({
    if (x < 0) return -1;
    x * 2;
  });
  return y + 1;
}

int main(void) {
  printf("%d %d\n", f(3), f(100));
  printf("%d %d\n", early(-5), early(5));
  struct s s = ({
    struct s t = {1, "statement"};
    t.a++;
    t;
  });
  printf("%d %s\n", s.a, s.b);
  int i = 0;
  ({ i++; });
  printf("%d %d\n", i, ({ int j = i; j += ({ int k = 10; k + j; }); j; }));
  for (int n = 0; n < 5; n++) {
    int v = ({
      if (n == 1) continue;
      if (n == 3) break;
      n;
    });
    printf("%d ", v);
  }
  ({
    switch (i) {
      case 1: printf("one\n"); break;
      default: printf("other\n");
    }
  });
  printf("%s\n", ({ static char text[] = "static"; text; }));
  return 0;
}
