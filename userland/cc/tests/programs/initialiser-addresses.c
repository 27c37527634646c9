// Static objects that begin with addresses: of elements, members, functions, strings, each other.
#include <stdio.h>

extern int array[10];
static int *third = &array[3], *past = array + 10, *before = &array[5] - 2;
int array[10] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
static struct s { char c; int list[4]; struct s *next; } chain[3] = {
    {'a', {1}, &chain[1]}, {'b', {2, 3}, chain + 2}, {'c', {4, 5, 6}, 0}};
static int *member = &chain[1].list[1];
static char *text = "shared text", *tail = "shared text" + 7, *element = &"hello"[1];
static int (*function)(const char *, ...) = printf;
static void *self = &self;
static long difference = (long)(&((struct s *)0)->list[2]);
static unsigned long as_number = (unsigned long)&array[2];
static char *names[] = {"x", "y", 0};
static char **end = &names[2], ***indirect = &end;
static const int *const pointers[] = {&array[1], 1 ? 0 : 0};
static int (*matrix)[5] = (int(*)[5])array;

int main(void) {
  printf("%d %d %d\n", *third, past[-1], *before);
  for (struct s *p = chain; p; p = p->next) printf("%c%d ", p->c, p->list[0]);
  printf("%d\n", *member);
  printf("%s %s %s\n", text, tail, element);
  function("%d %ld\n", self == &self, difference);
  printf("%d %s %d\n", *(int *)as_number, (*indirect)[-1], *end == 0);
  printf("%d %d %d\n", *pointers[0], pointers[1] == 0, matrix[1][2]);
  return 0;
}
