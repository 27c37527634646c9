// Functions in tables, structures, arguments and results.
#include <stdio.h>

static int add(int a, int b) { return a + b; }
static int sub(int a, int b) { return a - b; }
static int mul(int a, int b) { return a * b; }
static int (*const table[])(int, int) = {add, &sub, *mul};
typedef int operation(int, int);
struct named { const char *name; operation *run; };
static const struct named operations[] = {{"add", add}, {"sub", sub}, {.run = mul, .name = "mul"}};
static int apply(int f(int, int), int a, int b) { return f(a, b); }
static operation *choose(char c) { return c == '+' ? add : c == '-' ? sub : mul; }
static int (*choose_plain(int i))(int, int) { return table[i]; }

int main(void) {
  for (int i = 0; i < 3; i++) {
    printf("%d %s %d\n", table[i](7, 3), operations[i].name, operations[i].run(8, 2));
    printf("%d\n", choose_plain(i)(5, 4));
  }
  printf("%d %d %d\n", apply(add, 1, 2), apply(*sub, 1, 2), (***mul)(3, 4));
  printf("%d\n", choose('+')(1, 2) + (*choose('-'))(1, 2));
  int (*f)(int, int) = 0;
  printf("%d ", f == 0);
  f = add;
  printf("%d %d %d %d\n", f == add, f == &add, f != sub, !f);
  printf("%d\n", (1 ? add : sub)(20, 22));
  int (**pp)(int, int) = &f;
  printf("%d\n", (*pp)(2, 2));
  void *erased = (void *)mul;
  printf("%d\n", ((operation *)erased)(6, 7));
  return 0;
}
