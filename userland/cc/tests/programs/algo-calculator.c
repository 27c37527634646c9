// A recursive-descent parser that evaluates expressions.
#include <ctype.h>
#include <stdio.h>

static const char *at;
static long sum(void);
static long number(void) {
  while (*at == ' ') at++;
  if (*at == '(') {
    at++;
    long v = sum();
    at++;
    return v;
  }
  if (*at == '-') {
    at++;
    return -number();
  }
  long v = 0;
  while (isdigit(*at)) v = v * 10 + *at++ - '0';
  while (*at == ' ') at++;
  return v;
}
static long product(void) {
  long v = number();
  for (;;) switch (*at) {
      case '*': at++, v *= number(); break;
      case '/': at++, v /= number(); break;
      case '%': at++, v %= number(); break;
      default: return v;
    }
}
static long sum(void) {
  long v = product();
  while (*at == '+' || *at == '-') v = *at++ == '+' ? v + product() : v - product();
  return v;
}

int main(void) {
  static const char *const inputs[] = {"1 + 2 * 3", "(1 + 2) * 3", "10 / 3 * 3 + 10 % 3", "-(4 - 9) * -2", "2*(3+(4*(5-6)))", "1000000 * 1000000"};
  for (unsigned i = 0; i < sizeof inputs / sizeof *inputs; i++) {
    at = inputs[i];
    printf("%s = %ld\n", inputs[i], sum());
  }
  return 0;
}
