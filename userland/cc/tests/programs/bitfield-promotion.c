// Bit-fields that an int can hold become int.
#include <stdio.h>

struct s {
  unsigned small : 5;
  unsigned full : 32;
  unsigned long wide : 20;
  int negative : 5;
};

int main(void) {
  struct s s = {1, 1, 1, -1};
  printf("%d\n", s.small - 2 < 0);
  printf("%d\n", s.full - 2 < 0);
  printf("%d\n", -s.small < 0);
  printf("%d\n", s.negative < s.small);
  printf("%d\n", ~s.small);
  printf("%d\n", s.small << 10);
  printf("%lu\n", (unsigned long)s.wide + 5);
  printf("%d\n", s.negative >> 2);
  return 0;
}
