/* printf and scanf beyond C: places of arguments, %n of each size, allocated strings, wide strings. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

static void printed(void) {
  long l;
  short h;
  signed char hh;
  int n;
  long long ll;
  printf("%2$s is %1$d, %2$*3$s|%1$-*3$d|%1$0*3$d|%2$.*4$s\n", 42, "name", 10, 2);
  printf("%1$d %1$d %1$x %3$c %2$lu\n", -7, 18446744073709551615ul, 'x');
  printf("%1$s %1$s %1$.2s %1$10s|\n", "again");
  printf("abc%lndef%hhnghi%hnjkl%n%lln\n", &l, &hh, &h, &n, &ll);
  printf("%ld %d %d %d %lld\n", l, hh, h, n, ll);
}

static void scanned(void) {
  char *a = 0, *b = 0, three[4] = "";
  int x = 0, y = 0, z = 0;
  signed char hh;
  short h;
  wchar_t wide[20], *more = 0;
  printf("%d", sscanf("hello  world 12", "%ms %m[a-z] %d", &a, &b, &x));
  printf(" %s %s %d\n", a, b, x);
  free(a);
  free(b);
  printf("%d", sscanf("abcdef", "%3mc%n", &a, &x));
  printf(" %.3s %d\n", a, x);
  free(a);
  printf("%d", sscanf("1 2 3", "%3$d %1$d %2$d", &x, &y, &z));
  printf(" %d %d %d\n", x, y, z);
  printf("%d %d\n", sscanf("", "%ms", &a), sscanf("12", "%m[a-z]", &a));
  printf("%d", sscanf("wide text", "%ls%n", wide, &x));
  printf(" %ls %zu %d\n", wide, wcslen(wide), x);
  printf("%d", sscanf("wide text", "%*s%mls", &more));
  printf(" %ls\n", more);
  free(more);
  printf("%d %d\n", sscanf("5 %7", "%d %%%d", &x, &y), y);
  printf("%d\n", sscanf("ab", "%*2c%d", &x));
  printf("%d", sscanf("300 70000", "%hhd %hd", &hh, &h));
  printf(" %d %d\n", hh, h);
  printf("%d", sscanf("abcd", "%3c%n", three, &x));
  printf(" %s %d\n", three, x);
  char *large = malloc(5000);
  memset(large, 'b', 4999);
  large[4999] = 0;
  printf("%d", sscanf(large, "%ms", &a));
  printf(" %zu\n", strlen(a));
  printf("%d", sscanf(large, "%1000ms", &b));
  printf(" %zu\n", strlen(b));
  free(a);
  free(b);
  free(large);
}

int main(void) {
  printed();
  scanned();
  return 0;
}
