// Names in inner blocks hide outer ones; tags and labels have name spaces of their own.
#include <stdio.h>

int x = 1;
struct x { int x; };
typedef int number;

static int f(int x) {
  int y = x;
  {
    int x = y + 10;
    {
      extern int x;
      y += x;
    }
    y += x;
  }
  for (int x = 0; x < 3; x++) y += x;
  goto x;
x:
  return y + x;
}
static int sizes(void) {
  int n = sizeof(struct x);
  struct x { char c[3]; };
  n = n * 10 + sizeof(struct x);
  {
    struct x;
    struct y { struct x *p; };
    struct x { long l[2]; };
    n = n * 100 + sizeof(struct x);
  }
  number number = 7;
  return n * 10 + number;
}

int main(void) {
  printf("%d\n", f(5));
  printf("%d\n", sizes());
  struct x x = {3};
  printf("%d\n", x.x);
  enum { a = 5 };
  {
    int before = a;
    enum { a = sizeof(int), b = a };
    printf("%d\n", before);
  }
  return 0;
}
