// A member of what a function returns, and arrays in it.
#include <stdio.h>

struct pair { long a, b; };
struct text { char bytes[24]; };
static struct pair make(long a, long b) { return (struct pair){a, b}; }
static struct text say(const char *what) {
  struct text t;
  int i = 0;
  while (what[i]) {
    t.bytes[i] = what[i];
    i++;
  }
  t.bytes[i] = 0;
  return t;
}

int main(void) {
  printf("%ld %ld\n", make(1, 2).a, make(3, 4).b);
  printf("%s %c\n", say("a returned text").bytes, say("xyz").bytes[1]);
  printf("%ld\n", make(make(5, 6).b, 7).a);
  long sum = make(1, 2).a + make(3, 4).b * make(5, 6).a;
  printf("%ld\n", sum);
  struct pair p;
  printf("%ld\n", (p = make(8, 9)).b);
  printf("%ld\n", (sum > 3 ? make(1, 1) : make(2, 2)).a);
  printf("%ld\n", (0, make(4, 5)).b);
  return 0;
}
