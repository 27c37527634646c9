// Enumerators: values, ranges, types, use as indices.
#include <stdio.h>

enum plain { ZERO, ONE, FIVE = 5, SIX, AGAIN = ONE, TWO };
enum negative { MINUS = -3, MINUS_TWO, MINUS_ONE, NOUGHT };
enum big { BIG = 0x7fffffff, SMALL = -0x7fffffff - 1 };
enum unsigned_one { HUGE_ONE = 0xffffffffu };
enum { ANONYMOUS = 'a' };
typedef enum color { RED, GREEN = ANONYMOUS, BLUE } color;
static const char *const names[] = {[ZERO] = "zero", [FIVE] = "five"};
struct s { enum plain p; enum { IN_STRUCT = 9 } q; };

int main(void) {
  printf("%d %d %d %d %d %d\n", ZERO, ONE, FIVE, SIX, AGAIN, TWO);
  printf("%d %d %d %d\n", MINUS, MINUS_TWO, MINUS_ONE, NOUGHT);
  printf("%d %d %u\n", BIG, SMALL, HUGE_ONE);
  enum negative n = MINUS;
  enum plain p = 3;
  p++;
  printf("%d %d %s\n", n < 0, p == FIVE - 1, names[p + 1]);
  color c = BLUE;
  c = c - 1;
  printf("%c %c\n", c, BLUE);
  struct s s = {SIX, IN_STRUCT};
  printf("%d %d %zu\n", s.p, s.q, sizeof s);
  switch (s.p) {
    case SIX: printf("six\n"); break;
    default: printf("other\n");
  }
  for (enum plain e = ZERO; e < FIVE; e++) printf("%d ", e);
  enum plain u = -1;
  printf("%d %d\n", u > 0, n == -3);
  return 0;
}
