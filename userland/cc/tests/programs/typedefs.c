// typedef names for everything, hidden and reused.
#include <stdio.h>

typedef int number, *pointer, array[3], function(int);
typedef struct { number n; } structure;
typedef function *function_pointer;
typedef function_pointer table[2];
typedef const char *text;
typedef long unsigned int word;
static function twice;
static int twice(int x) { return x * 2; }
static int negate(int x) { return -x; }
static array global = {1, 2, 3};

int main(void) {
  number n = 5;
  pointer p = &n;
  structure s = {n};
  table t = {twice, negate};
  function_pointer f = t[1];
  text words = "words";
  word w = -1;
  printf("%d %d %d %d %s %lu\n", *p, s.n, t[0](4), f(3), words, w);
  const pointer constant = p;
  *constant = 6;
  array number = {7, 8, 9};
  printf("%d %d %d\n", n, number[2], global[1]);
  {
    typedef char number;
    printf("%zu ", sizeof(number));
    structure structure = {3};
    printf("%d\n", structure.n);
  }
  typedef int unused_name;
  int unused_name_2 = (unused_name)3 > 2 ? 1 : 0;
  printf("%d\n", unused_name_2);
  return 0;
}
