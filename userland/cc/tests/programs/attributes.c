// Attributes of daily use, in their many places.
#include <stdio.h>

__attribute__((noreturn)) static void leave(int);
static int used_nowhere(void) __attribute__((unused));
static int __attribute__((noinline)) plain(int x) { return x + 1; }
int target(int x) { return x * 10; }
int same(int) __attribute__((alias("target")));
int weak_one(void) __attribute__((weak));
int weak_one(void) { return 4; }
extern int missing(void) __attribute__((weak));
static int in_section __attribute__((section(".data.own"))) = 5;
static int kept __attribute__((used)) = 6;
__attribute__((section(".text.own"), noinline)) static int far_away(int x) { return x - 1; }
__attribute__((const)) static int pure(int x) { return x * x; }
__attribute__((malloc, warn_unused_result, nonnull(1))) static char *nothing(char *p) { return p; }
struct __attribute__((packed, aligned(4))) s { char c; short h; };
typedef int __attribute__((may_alias)) alias_int;
__attribute__((cold)) static int cold(void) { return 3; }
static int fall(int x) {
  switch (x) {
    case 1: x++; __attribute__((fallthrough));
    case 2: return x;
  }
  return 0;
}
static int used_nowhere(void) { return 0; }
static void leave(int status) {
  printf("leaving\n");
  __builtin_exit(status);
}

int main(int argc __attribute__((unused)), char **argv) {
  printf("%d %d %d %d\n", plain(1), same(2), weak_one(), missing != 0);
  printf("%d %d %d %d %d\n", in_section, kept, far_away(3), pure(4), cold());
  printf("%zu %d %d\n", sizeof(struct s), fall(1), nothing(argv[0]) == argv[0]);
  leave(0);
}
