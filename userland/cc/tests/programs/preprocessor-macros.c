// Macros: stringifying, pasting, variable arguments, rescanning, no recursion.
#include <stdio.h>

#define STR(x) #x
#define XSTR(x) STR(x)
#define CAT(a, b) a##b
#define XCAT(a, b) CAT(a, b)
#define EMPTY
#define ONE 1
#define F(x) x + ONE
#define G F
#define SELF SELF + 1
#define LOG(format, ...) printf(format "\n", __VA_ARGS__)
#define GNU(format, args...) printf(format "\n", ##args)
#define COMMA(format, ...) printf(format "\n", ##__VA_ARGS__)
#define APPLY(m, ...) m(__VA_ARGS__)
#define SECOND(a, b, ...) b
#define COUNT(...) COUNT_(__VA_ARGS__, 5, 4, 3, 2, 1, 0)
#define COUNT_(a, b, c, d, e, n, ...) n
#define COLORS(X) X(red, 1) X(green, 2) X(blue, 4)
#define ENUM(name, value) color_##name = value,
#define NAME(name, value) {#name, color_##name},
enum colors { COLORS(ENUM) };
static const struct { const char *name; int value; } colors[] = {COLORS(NAME)};
#define f(a) a *g
#define g(a) f(a)
#define t(x, y, z) x##y##z

int main(void) {
  int SELF_value = 3, CAT(xy, z) = 4, XCAT(a, ONE) = 5;
  printf("%s|%s|%s\n", STR(a + "b\n" 'c'  d), XSTR(ONE + F(2)), STR());
  printf("%d %d %d\n", SELF_value, xyz, a1);
  printf("%d %s\n", F(2) * 2, XSTR(G(3)));
  printf("%s\n", XSTR(SELF));
  LOG("%d %d", 1, 2);
  GNU("none");
  GNU("%d", 3);
  COMMA("none");
  COMMA("%s", "some");
  printf("%d %d\n", APPLY(SECOND, 1, 2, 3), COUNT(a, b, c));
  for (int i = 0; i < 3; i++) printf("%s=%d ", colors[i].name, colors[i].value);
  printf("\n%s\n", XSTR(f(2)(9)));
  printf("%s\n", XSTR(t(1, 2, 3) t(, 4, 5) t(6, , 7) t(8, 9, ) t(, , 5)));
  printf("%s\n", XSTR(F (EMPTY 1)));
  printf("%d\n", F
         (5));
  int F = 7;
  printf("%d %d\n", F, (F));
  printf("%s\n", STR(\ "\\" '"'));
#undef ONE
#define ONE 11
  printf("%d\n", XCAT(ONE, 0));
  return 0;
}
