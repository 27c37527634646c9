// Addresses of labels: a direct-threaded interpreter.
#include <stdio.h>

static int run(const int *code) {
  static void *const labels[] = {&&push, &&add, &&mul, &&dup, &&jump_if, &&decrement, &&halt};
  int stack[16], *sp = stack;
#define NEXT goto *labels[*code++]
  NEXT;
push:
  *sp++ = *code++;
  NEXT;
add:
  sp--;
  sp[-1] += *sp;
  NEXT;
mul:
  sp--;
  sp[-1] *= *sp;
  NEXT;
dup:
  *sp = sp[-1];
  sp++;
  NEXT;
jump_if:
  if (*--sp) {
    code += *code;
    NEXT;
  }
  code++;
  NEXT;
decrement:
  sp[-1]--;
  NEXT;
halt:
  return sp[-1];
}
int main(void) {
  int code[] = {0, 3, 0, 4, 1, 3, 2, 6};
  printf("%d\n", run(code));
  int loop[] = {0, 10, 5, 3, 4, -3, 6};
  printf("%d\n", run(loop));
  void *p = &&here;
  for (int i = 0; i < 2; i++) {
    goto *p;
  here:
    printf("here %d\n", i);
    if (i == 1) goto out;
    p = &&there;
    continue;
  there:
    printf("there %d\n", i);
    p = &&here;
  }
out:
  return 0;
}
