// _Static_assert in all places where it may stand.
#include <limits.h>
#include <stddef.h>
#include <stdio.h>

_Static_assert(sizeof(long) == 8, "lp64");
_Static_assert(CHAR_BIT == 8 && (char)-1 > 0, "unsigned characters");
struct s {
  int a;
  _Static_assert(sizeof(int) == 4, "an int");
  long b;
};
_Static_assert(offsetof(struct s, b) == 8, "padding");
_Static_assert((unsigned char)300 == 44 && -7 / 2 == -3 && -7 % 2 == -1, "arithmetic");
_Static_assert(1 ? 1 : 1 / 0, "not evaluated");
_Static_assert(_Alignof(struct s) == 8, "alignment");
_Static_assert((0 || 5) && !(1 && 0), "logic");
_Static_assert(sizeof("abc" "def") == 7, "strings");
_Static_assert('a' == 97 && '\n' == 10, "characters");

int main(void) {
  _Static_assert(1u - 2 > 0, "unsigned");
  enum { A = 3, B };
  _Static_assert(B == 4, "enumerators");
  for (int i = 0; i < 1; i++) {
    _Static_assert(sizeof i == 4, "in a loop");
  }
  printf("ok\n");
  return 0;
}
