// Static locals live on; each has its own storage.
#include <stdio.h>

static int counter(void) {
  static int count = 10;
  return count++;
}
static int *other(void) {
  static int count;
  count += 2;
  return &count;
}
static int twice(void) {
  int sum = 0;
  {
    static int count = 1;
    sum += count++;
  }
  {
    static int count = 100;
    sum += count++;
  }
  return sum;
}
static int recursive(int n) {
  static int depth, most;
  depth++;
  if (depth > most) most = depth;
  if (n > 0) recursive(n - 1);
  depth--;
  return most;
}
static const char *name(int i) {
  static const char *const names[] = {"zero", "one", "two"};
  static char buffer[8];
  snprintf(buffer, sizeof buffer, "%s!", names[i]);
  return buffer;
}

int main(void) {
  printf("%d ", counter());
  printf("%d ", counter());
  printf("%d\n", counter());
  other();
  printf("%d ", *other());
  printf("%d\n", other() == other());
  printf("%d ", twice());
  printf("%d\n", twice());
  printf("%d ", recursive(5));
  printf("%d\n", recursive(3));
  printf("%s ", name(0));
  printf("%s\n", name(2));
  static int *self = (int *)&self;
  printf("%d\n", (void *)self == (void *)&self);
  return 0;
}
