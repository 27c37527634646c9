// longjmp unwinds calls; volatile locals keep their values.
#include <setjmp.h>
#include <stdio.h>

static jmp_buf out, again;
static void deep(int n) {
  if (n == 0) longjmp(out, 7);
  deep(n - 1);
  printf("never\n");
}
static int try(int x) {
  volatile int steps = 0;
  int r = setjmp(again);
  steps++;
  if (r < x) longjmp(again, r + 1);
  return steps * 100 + r;
}

int main(void) {
  volatile int count = 0;
  switch (setjmp(out)) {
    case 0:
      count = 5;
      deep(10);
      break;
    case 7: printf("back %d\n", count); break;
    default: printf("never\n");
  }
  printf("%d %d\n", try(0), try(4));
  if (setjmp(out) == 0) longjmp(out, 0);
  else printf("one\n");
  return 0;
}
