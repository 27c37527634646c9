// Declarations that may be repeated; one object.
#include <stdio.h>

int a;
int a;
extern int a;
int b;
int b = 5;
int b;
static int c;
static int c = 6;
int list[];
int list[3];
extern int extended[];
int extended[] = {1, 2, 3, 4};
int *pointer = &a;
extern int late;
static int use(void) { return late; }
int late = 9;

int main(void) {
  a = 3;
  printf("%d %d %d %d\n", a, b, c, *pointer);
  printf("%d %zu\n", list[2], sizeof extended / sizeof *extended);
  printf("%d\n", use());
  return 0;
}
