// On RISC-V plain char is unsigned.
#include <limits.h>
#include <stdio.h>

int main(void) {
  char c = -1;
  signed char s = -1;
  printf("%d %d %d\n", c, s, c > 0);
  printf("%d %d\n", '\xff', '\377');
  printf("%d %d\n", "\xff"[0], (signed char)"\xff"[0]);
  printf("%d %d %d\n", CHAR_MIN, CHAR_MAX, CHAR_BIT);
  char *text = "\x80\xfe";
  printf("%d %d\n", *text, text[1] > 'z');
  c = 127;
  c++;
  printf("%d\n", c);
  return 0;
}
