// Cases far apart, of all controlling types.
#include <stdio.h>

static int i(int x) {
  switch (x) {
    case -2147483647 - 1: return 1;
    case -1000: return 2;
    case 0: return 3;
    case 1000000: return 4;
    case 2147483647: return 5;
    default: return 6;
  }
}
static int u(unsigned x) {
  switch (x) {
    case 0: return 1;
    case 2147483648u: return 2;
    case 4294967295u: return 3;
    case 70000: return 4;
  }
  return 5;
}
static int l(long x) {
  switch (x) {
    case -9223372036854775807 - 1: return 1;
    case -1: return 2;
    case 0xffffffff: return 3;
    case 0x123456789abcdef: return 4;
    case 9223372036854775807: return 5;
  }
  return 6;
}
static int c(char x) {
  switch (x) {
    case 'a': return 1;
    case '\xff': return 2;
    case 0: return 3;
  }
  return 4;
}
static int s(signed char x) {
  switch (x) {
    case -1: return 1;
    case -128: return 2;
    case 127: return 3;
  }
  return 4;
}
static int b(_Bool x) {
  switch (x) {
    case 0: return 1;
    case 1: return 2;
  }
  return 3;
}
static int converted(unsigned char x) {
  switch (x + 0u) {
    case 256 - 1: return 1;
    case (unsigned)-1: return 2;
  }
  return 3;
}

int main(void) {
  long values[] = {0, 1, -1, -1000, 1000000, 70000, 2147483647, -2147483648, 4294967295, 0x123456789abcdef, 'a', 127, 128,
                   9223372036854775807, -9223372036854775807 - 1};
  for (unsigned k = 0; k < sizeof values / sizeof *values; k++) {
    long x = values[k];
    printf("%d %d %d %d %d %d %d\n", i((int)x), u((unsigned)x), l(x), c((char)x), s((signed char)x), b(x), converted((unsigned char)x));
  }
  return 0;
}
