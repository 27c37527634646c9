// Where bit-fields lie: units, padding, zero widths, bytes.
#include <stdio.h>

#define SHOW(type, ...)                                                         \
  do {                                                                          \
    static struct type filled = {__VA_ARGS__};                                  \
    printf(#type " %zu %zu ", sizeof filled, _Alignof(struct type));            \
    unsigned char *bytes = (unsigned char *)&filled;                            \
    for (unsigned i = 0; i < sizeof filled; i++) printf("%02x", bytes[i]);      \
    printf("\n");                                                               \
  } while (0)

struct in_char { unsigned char a : 3, b : 4, c : 2; };
struct in_short { unsigned short a : 9, b : 9; };
struct mixed { char a; int b : 5; char c; };
struct split { int a : 20; int : 0; int b : 20; };
struct unnamed { unsigned a : 4; unsigned : 4; unsigned b : 4; };
struct straddle { unsigned a : 20, b : 20; };
struct wide { unsigned long a : 33, b : 31; };
struct after_char { char a; unsigned b : 24; };
struct after_short { short a; unsigned b : 17; };
struct bools { _Bool a : 1, b : 1; };
struct chars_between { int a : 8; char b; int c : 8; };
struct long_after { int a : 3; long b : 61; };
struct zero_char { char a : 2; char : 0; char b : 2; };

int main(void) {
  SHOW(in_char, 5, 9, 3);
  SHOW(in_short, 0x155, 0x1aa);
  SHOW(mixed, 1, 7, 2);
  SHOW(split, 1, 2);
  SHOW(unnamed, 3, 12);
  SHOW(straddle, 0xfffff, 0xabcde);
  SHOW(wide, 0x1fffffffe, 0x12345678);
  SHOW(after_char, 0x11, 0x654321);
  SHOW(after_short, 0x1234, 0x1ffff);
  SHOW(bools, 1, 1);
  SHOW(chars_between, 1, 2, 3);
  SHOW(long_after, 1, 0x0fffffffffffffff);
  SHOW(zero_char, 1, 1);
  return 0;
}
