// sizeof of types and of expressions that are not evaluated.
#include <stdio.h>

struct mixed { char a; long b; char c; short d; };
union u { char a[9]; int b; };
enum e { A };

int main(void) {
  printf("%zu %zu %zu %zu %zu %zu\n", sizeof(char), sizeof(short), sizeof(int), sizeof(long), sizeof(long long), sizeof(_Bool));
  printf("%zu %zu %zu %zu\n", sizeof(void *), sizeof(int (*)(void)), sizeof(int[3][4]), sizeof(char *[5]));
  printf("%zu %zu %zu\n", sizeof(struct mixed), sizeof(union u), sizeof(enum e));
  int i = 0, array[10];
  printf("%zu ", sizeof i++);
  printf("%d\n", i);
  printf("%zu %zu %zu\n", sizeof array, sizeof array / sizeof array[0], sizeof &array);
  printf("%zu %zu %zu\n", sizeof(array + 0), sizeof *array, sizeof *&array);
  char c = 1;
  printf("%zu %zu %zu %zu\n", sizeof c, sizeof(c + c), sizeof(c, c), sizeof -c);
  printf("%zu %zu\n", sizeof(struct mixed[3]), sizeof((struct mixed *)0)->d);
  printf("%zu %zu\n", sizeof(int) * 2, sizeof(int) - 5 > 0);
  printf("%zu %zu\n", sizeof main(), sizeof(void (*[3])(int)));
  printf("%d\n", (int)sizeof(char) - 2);
  printf("%zu %zu\n", sizeof(void), sizeof "text");
  return 0;
}
