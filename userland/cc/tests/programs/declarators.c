// Declarators of all shapes.
#include <stdio.h>

static int zero(void) { return 0; }
static int one(void) { return 1; }
static int (*choose(int i))(void) { return i ? one : zero; }
static int (*(*chooser)(int))(void) = choose;
static int (*array_of[2])(void) = {zero, one};
static int (*(*pointer_to_array)[2])(void) = &array_of;
static int table[2][3] = {{1, 2, 3}, {4, 5, 6}};
static int (*row(int i))[3] { return &table[i]; }
static char *(*names(void))[2] {
  static char *list[2] = {"first", "second"};
  return &list;
}
static int take(int f(void), int a[], int (*g)(void)) { return f() * 100 + a[1] * 10 + g(); }
int const unsigned long static volatile odd_order = 5;
long int long extern_like = 6;

int main(void) {
  printf("%d %d\n", choose(1)(), chooser(0)());
  printf("%d %d\n", (*pointer_to_array)[1](), (**pointer_to_array)());
  printf("%d %s\n", (*row(1))[2], (*names())[1]);
  printf("%d\n", take(one, table[0], zero));
  printf("%lu %lld\n", odd_order, extern_like);
  int x = 1, *p = &x, **pp = &p, a[2] = {3, 4}, (*pa)[2] = &a, (f)(void) , (*pf)(void) = one;
  printf("%d %d %d %d %d\n", x, **pp, (*pa)[1], pf(), f());
  unsigned char (*(bytes)) = (unsigned char *)"b";
  printf("%d\n", *bytes);
  return 0;
}
int f(void) { return 8; }
