// _Generic chooses by type, after lvalue conversion, and evaluates nothing else.
#include <stdio.h>

#define NAME(x)                                                                                                \
  _Generic((x), _Bool: "_Bool", char: "char", signed char: "signed char", unsigned char: "unsigned char",      \
      short: "short", unsigned short: "unsigned short", int: "int", unsigned: "unsigned", long: "long",        \
      unsigned long: "unsigned long", char *: "char *", const char *: "const char *", int *: "int *",          \
      void *: "void *", int (*)(void): "int (*)(void)", int (*)[3]: "int (*)[3]", struct s: "struct s",        \
      default: "other")
struct s { int a; };
static int f(void) { return 0; }
static int int_abs(int x) { return x < 0 ? -x : x; }
static long long_abs(long x) { return x < 0 ? -x : x; }
#define abs_of(x) _Generic((x), int: int_abs, long: long_abs)(x)

int main(void) {
  const int ci = 1;
  int array[3];
  struct s s;
  const char *text = "";
  enum e { E } e = E;
  printf("%s, %s, %s\n", NAME((_Bool)1), NAME('a'), NAME((char)'a'));
  printf("%s, %s, %s\n", NAME(ci), NAME(array), NAME(&array));
  printf("%s, %s, %s\n", NAME("text"), NAME(text), NAME(f));
  printf("%s, %s, %s\n", NAME(s), NAME(&s), NAME((void *)0));
  printf("%s, %s, %s\n", NAME(1 ? (short)1 : (char)1), NAME(sizeof 1), NAME((unsigned char)1 + 1));
  printf("%s, %s\n", NAME(E), NAME(&array[1] - &array[0]));
  printf("%d %ld\n", abs_of(-5), abs_of(-5000000000));
  int i = 0;
  printf("%d ", _Generic(i++, int: 1, default: i++));
  printf("%d\n", i);
  return 0;
}
