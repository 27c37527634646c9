/*
 * getrandom fills what it is asked to fill, with bytes that differ. getrandom(2): flags, ERRORS.
 */
#include "expect.h"
#include <sys/syscall.h>

static long getrandom_raw(void *buffer, size_t length, unsigned flags) {
  return syscall(SYS_getrandom, buffer, length, flags);
}

int main(void) {
  static unsigned char one[256], two[256], big[10000];
  number("256", getrandom_raw(one, 256, 0));
  number("not blocking", getrandom_raw(two, 256, 1));
  truth("they differ", memcmp(one, two, 256) != 0);
  number("none", getrandom_raw(one, 0, 0));
  number("from the other pool", getrandom_raw(one, 16, 2));
  outcome("unknown flag", getrandom_raw(one, 16, 0x100));
  outcome("bad pointer", getrandom_raw(nowhere(), 16, 0));
  memset(big, 0, sizeof big);
  number("many", getrandom_raw(big, sizeof big - 1, 0));
  int counts[256] = {0}, kinds = 0, most = 0;
  for (size_t i = 0; i < sizeof big - 1; i++) counts[big[i]]++;
  for (int i = 0; i < 256; i++) {
    kinds += counts[i] > 0;
    if (counts[i] > most) most = counts[i];
  }
  truth("every byte occurs, none too often", kinds == 256 && most < 150);
  number("not beyond the end", big[sizeof big - 1]);
  return 0;
}
