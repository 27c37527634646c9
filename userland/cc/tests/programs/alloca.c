// Room on the stack of a size that is known at run time.
#include <stdio.h>
#include <string.h>

struct list { int n; struct list *next; };
__attribute__((noinline)) static int total(int count) {
  struct list *head = 0;
  for (int i = 0; i < count; i++) {
    struct list *l = __builtin_alloca(sizeof *l);
    l->n = i;
    l->next = head;
    head = l;
  }
  int sum = 0;
  for (; head; head = head->next) sum = sum * 3 + head->n & 0xffff;
  return sum;
}
__attribute__((noinline)) static void echo(const char *text, int a, int b, int c, int d, int e, int f, int g, int on_stack) {
  int size = strlen(text) + 1;
  char *copy = __builtin_alloca(size), fixed[100];
  char *odd = __builtin_alloca(a);
  memset(odd, 'o', a);
  memset(fixed, 'f', sizeof fixed);
  strcpy(copy, text);
  for (char *p = copy; *p; p++) *p ^= 32;
  printf("%s %d %c %c %d %d\n", copy, (int)((unsigned long)copy % 16), fixed[99], odd[a - 1], on_stack, b + c + d + e + f + g);
}

int main(void) {
  printf("%d %d\n", total(5), total(1000));
  echo("some text", 1, 2, 3, 4, 5, 6, 7, 8);
  echo("", 33, 2, 3, 4, 5, 6, 7, 80);
  for (int i = 1; i < 4; i++) {
    int *p = __builtin_alloca(i * 4);
    p[i - 1] = i;
    printf("%d ", p[i - 1]);
  }
  printf("\n");
  return 0;
}
