// ++ and -- before and after, at every type.
#include <stdio.h>

#define ONCE(type, format, start)                                   \
  do {                                                              \
    type a = start, b;                                              \
    b = a++;                                                        \
    printf(#type " " format " " format "\n", a, b);                 \
    b = ++a;                                                        \
    printf(#type " " format " " format "\n", a, b);                 \
    b = a--;                                                        \
    printf(#type " " format " " format "\n", a, b);                 \
    b = --a;                                                        \
    printf(#type " " format " " format "\n", a, b);                 \
  } while (0)

int main(void) {
  ONCE(signed char, "%d", 127);
  ONCE(unsigned char, "%d", 255);
  ONCE(short, "%d", 32767);
  ONCE(unsigned short, "%d", 65535);
  ONCE(int, "%d", -1);
  ONCE(unsigned, "%u", 4294967295u);
  ONCE(long, "%ld", 2147483647);
  ONCE(unsigned long, "%lu", 18446744073709551615u);
  ONCE(_Bool, "%d", 0);
  int array[4] = {10, 20, 30, 40}, *p = array, i = 0;
  printf("%d", *p++);
  printf(" %d", *++p);
  printf(" %d", (*p)++);
  printf(" %d", *p--);
  printf(" %d", --*p);
  printf(" %d", array[i++]);
  printf(" %d\n", array[++i]);
  struct { int n; } s = {5}, *q = &s;
  q->n++;
  ++q->n;
  printf("%d\n", s.n);
  return 0;
}
