// GNU's case ranges.
#include <stdio.h>

static int kind(int c) {
  switch (c) {
    case '0' ... '9': return 'd';
    case 'a' ... 'f':
    case 'A' ... 'F': return 'x';
    case 'g' ... 'z': return 'l';
    case -10 ... -1: return 'n';
    case 1000 ... 2000000000: return 'h';
    case 200: return '2';
    default: return '.';
  }
}
static int large(unsigned long x) {
  switch (x) {
    case 0 ... 0xff: return 1;
    case 0x100 ... 0xffffffff: return 2;
    case 0x100000000 ... 0xffffffffffffffff: return 3;
  }
  return 4;
}

int main(void) {
  int values[] = {'/', '0', '5', '9', ':', 'a', 'f', 'g', 'z', 'F', 'G', -11, -10, -1, 0, 999, 1000, 2000000000, 2000000001, 200};
  for (int i = 0; i < 20; i++) printf("%c", kind(values[i]));
  printf("\n%d %d %d %d %d\n", large(0), large(255), large(256), large(0xffffffff), large(0x100000000));
  return 0;
}
