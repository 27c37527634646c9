// Coroutines of switch and line numbers.
#include <stdio.h>

struct generator { int state, i, j; };
#define BEGIN switch (g->state) { case 0:
#define YIELD(value)        \
  do {                      \
    g->state = __LINE__;    \
    return value;           \
    case __LINE__:;         \
  } while (0)
#define END }               \
  g->state = -1;            \
  return -1

static int squares(struct generator *g) {
  BEGIN;
  for (g->i = 1; g->i < 5; g->i++) {
    YIELD(g->i * g->i);
    for (g->j = 0; g->j < g->i; g->j++) YIELD(-10 - g->j);
  }
  YIELD(1000);
  END;
}

int main(void) {
  struct generator a = {0}, b = {0};
  for (int i = 0; i < 8; i++) {
    printf("%d ", squares(&a));
    if (i % 2) printf("(%d) ", squares(&b));
  }
  int v;
  while ((v = squares(&a)) != -1) printf("%d ", v);
  printf("\n");
  return 0;
}
