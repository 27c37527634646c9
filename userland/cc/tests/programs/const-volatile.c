// Qualifiers: reads and writes of volatile objects happen; const data is there.
#include <stdio.h>

static const int constant = 5;
static const int *const pointer = &constant;
static volatile int hits;
static const struct { int a; char b[4]; } record = {1, "abc"};
static int *volatile moving;
const volatile int both = 9;

static int poll(volatile int *flag) {
  int turns = 0;
  while (*flag < 10) {
    ++*flag;
    turns++;
  }
  return turns;
}

int main(void) {
  printf("%d %d %s %d\n", constant, *pointer, record.b, both);
  hits;
  hits = hits + 1;
  hits += 2;
  hits++;
  printf("%d %d\n", hits, poll(&hits));
  int x = 1, y = 2;
  moving = &x;
  *moving = 10;
  moving = &y;
  *moving = 20;
  printf("%d %d\n", x, y);
  volatile struct { int a, b; } s = {1, 2};
  s.a = s.b;
  printf("%d\n", s.a + s.b);
  volatile unsigned char narrow = 255;
  narrow++;
  printf("%d\n", narrow);
  const int local = 3;
  const int *p = &local;
  printf("%d\n", *p);
  int *restrict r = &x;
  *r = 4;
  printf("%d\n", x);
  return 0;
}
