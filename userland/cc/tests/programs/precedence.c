// Operators bind as the grammar says.
#include <stdio.h>

int main(void) {
  volatile int one = 1, two = 2, three = 3, eight = 8;
  int a = one, b = two, c = three, d = eight, array[3] = {4, 5, 6}, *p = array;
  printf("%d %d %d\n", a + b * c, (a + b) * c, a - b - c);
  printf("%d %d %d\n", d / b / b, d % c * b, d << 1 + 1);
  printf("%d %d %d\n", a < b == 1, a & b == 2, a | b & c);
  printf("%d %d %d\n", a ^ b | c, a && b || 0 && c, !a == b);
  printf("%d %d\n", a ? b : c ? d : 0, a ? b ? c : d : 0);
  printf("%d %d %d\n", -a + b, ~a & c, - -a);
  printf("%d ", *p++);
  printf("%d ", (*p)++);
  printf("%d ", ++*p);
  printf("%d\n", *++p);
  printf("%d %zu %zu\n", -array[0], sizeof array[0], sizeof(char) * 3);
  a = b = c;
  a += b -= 1;
  printf("%d %d %d\n", a, b, c);
  printf("%d %d\n", (a, b), a > b > c);
  printf("%d %d\n", (char)300 + 1, (int)(char)d * 100);
  printf("%d\n", d >> 1 & 3 ^ 1 | 8 == 8);
  printf("%d\n", &array[2] - &array[0] == 2 && *&a == a);
  return 0;
}
