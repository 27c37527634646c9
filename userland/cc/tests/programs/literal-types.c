// The type of an integer literal: by value, base and suffix.
#include <stdio.h>

#define NAME(x) _Generic((x), int: "int", unsigned: "unsigned", long: "long", unsigned long: "unsigned long", \
                         long long: "long long", unsigned long long: "unsigned long long")
#define SHOW(x) printf("%s: %s, %zu\n", #x, NAME(x), sizeof(x))

int main(void) {
  SHOW(0);
  SHOW(2147483647);
  SHOW(2147483648);
  SHOW(4294967296);
  SHOW(0x7fffffff);
  SHOW(0x80000000);
  SHOW(0xffffffff);
  SHOW(0x100000000);
  SHOW(0x8000000000000000);
  SHOW(020000000000);
  SHOW(0b11);
  SHOW(0b10000000000000000000000000000000);
  SHOW(1u);
  SHOW(1U);
  SHOW(1l);
  SHOW(1L);
  SHOW(1ul);
  SHOW(1LU);
  SHOW(1ll);
  SHOW(1LL);
  SHOW(1ull);
  SHOW(1llu);
  SHOW(4294967295u);
  SHOW(4294967296u);
  SHOW('a');
  SHOW(sizeof 1);
  SHOW(-2147483648);
  SHOW(-2147483647 - 1);
  SHOW(1 == 1ul);
  SHOW(1l << 1);
  SHOW(1 << 1l);
  return 0;
}
