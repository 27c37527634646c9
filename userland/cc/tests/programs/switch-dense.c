// Cases in a row may become a table.
#include <stdio.h>

static int f(int x) {
  switch (x) {
    case 0: return 10;
    case 1: return 11;
    case 2: return 12;
    case 3: return 9;
    case 4: return 8;
    case 5: return 100;
    case 6: return 60;
    case 7: return 77;
    case 9: return 99;
    case 10: return 5;
    default: return -1;
  }
}
static int negative(int x) {
  switch (x) {
    case -5: return 1;
    case -4: return 2;
    case -3: return 3;
    case -2: return 4;
    case -1: return 5;
    case 0: return 6;
    case 1: return 7;
    case 2: return 8;
  }
  return 0;
}
static const char *day(unsigned char d) {
  switch (d) {
    case 1: return "mon";
    case 2: return "tue";
    case 3: return "wed";
    case 4: return "thu";
    case 5: return "fri";
    case 6: return "sat";
    case 7: return "sun";
  }
  return "?";
}
static long high(unsigned long x) {
  switch (x) {
    case 0x100000000: return 1;
    case 0x100000001: return 2;
    case 0x100000002: return 3;
    case 0x100000003: return 4;
    case 0x100000004: return 5;
    case 0x100000005: return 6;
  }
  return 0;
}

int main(void) {
  for (int i = -7; i < 13; i++) printf("%d %d %s %ld\n", f(i), negative(i), day(i), high(0x100000000 + i));
  printf("%d %d %ld %ld\n", f(2147483647), negative(-2147483647 - 1), high(0), high(2));
  return 0;
}
