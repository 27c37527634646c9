// Falling through, default in the middle, empty cases, nested switches, declarations.
#include <stdio.h>

static void f(int x) {
  switch (x) {
    case 1: printf("one ");
    case 2: printf("two "); break;
    default: printf("default ");
    case 3: printf("three ");
    case 4:
    case 5: {
      printf("five ");
      if (x == 4) break;
      printf("end ");
    }
  }
  printf("| ");
}
static int nested(int a, int b) {
  switch (a) {
    case 0:
      switch (b) {
        case 0: return 1;
        case 1: break;
        default: return 2;
      }
      return 3;
    case 1: switch (b) case 1: return 4;
  }
  return 5;
}
static int loop(const char *p) {
  int n = 0;
  for (; *p; p++) {
    switch (*p) {
      case ' ': continue;
      case '.': break;
      case '!': goto end;
      default: n++; continue;
    }
    n += 100;
  }
end:
  return n;
}

int main(void) {
  for (int i = 0; i < 7; i++) f(i);
  printf("\n");
  for (int a = 0; a < 3; a++)
    for (int b = 0; b < 3; b++) printf("%d ", nested(a, b));
  printf("\n%d %d\n", loop("a b.c. d"), loop("ab!cd"));
  switch (3) {
    int unreachable;
    case 3:
      unreachable = 4;
      printf("%d\n", unreachable);
  }
  switch (1) default: printf("only default\n");
  switch (7) {}
  switch (7) case 8: printf("never\n");
  return 0;
}
