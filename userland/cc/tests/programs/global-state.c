// Globals of every type, changed through names and pointers.
#include <stdio.h>

char c = 'c';
signed char sc = -1;
unsigned char uc = 255;
short s = -2;
unsigned short us = 65535;
int i = -3;
unsigned u = 4000000000u;
long l = -4;
unsigned long ul = 18446744073709551615u;
long long ll = 1ll << 40;
_Bool b = 1;
char *p = "pointer";
int zero, array[3] = {1, 2};
static int hidden = 5;
static int *alias = &hidden;

__attribute__((noinline)) static void change(void) {
  c++; sc--; uc++; s *= 2; us += 2; i -= 7; u <<= 1; l /= 2; ul >>= 1; ll |= 1; b = !b; p++; zero--; array[2] = array[0] + array[1];
  *alias += 10;
}

int main(void) {
  for (int turn = 0; turn < 2; turn++) {
    printf("%c %d %d %d %d %d %u %ld %lu %lld %d %s %d %d %d\n", c, sc, uc, s, us, i, u, l, ul, ll, b, p, zero, array[2], hidden);
    change();
  }
  return 0;
}
