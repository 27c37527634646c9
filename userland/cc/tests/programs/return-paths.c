// Functions with many returns of all types.
#include <stdio.h>

struct two { int a, b; };
static const char *name(int n) {
  if (n < 0) return "negative";
  if (n == 0) return "zero";
  for (int i = 2; i * i <= n; i++)
    if (n % i == 0) return n > 50 ? "large composite" : "composite";
  return n == 1 ? "one" : "prime";
}
static struct two split(int n) {
  if (n > 100) return (struct two){n / 100, n % 100};
  if (n > 10) {
    struct two t = {n / 10, n % 10};
    return t;
  }
  return (struct two){.b = n};
}
static void early(int n, int *out) {
  if (n < 3) {
    *out = 1;
    return;
  }
  *out = 2;
  if (n < 6) return;
  *out = 3;
}
static unsigned char wrap(int n) {
  if (n) return n;
  return 300;
}

int main(void) {
  for (int n = -1; n < 60; n += 7) printf("%s, ", name(n));
  printf("%s\n", name(1));
  for (int n = 5; n < 2000; n *= 5) printf("%d:%d ", split(n).a, split(n).b);
  for (int n = 0; n < 9; n += 2) {
    int out;
    early(n, &out);
    printf("%d", out);
  }
  printf(" %d %d\n", wrap(0), wrap(257));
  return 0;
}
