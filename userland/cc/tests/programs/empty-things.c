// Empty statements, blocks, functions, loops, macros, declarations.
#include <stdio.h>

#define NOTHING
#define CALL()
struct forward;
enum { ONLY };
static void nothing(void) {}
static void nothing_either(void) { ; }
static void returns(void) { return; }
;

int main(void) {
  ;
  {}
  {{;}}
  NOTHING;
  CALL();
  if (1) {} else {}
  if (1);
  for (int i = 0; i < 3; i++);
  for (; 0;) {}
  while (0);
  do {} while (0);
  switch (0) {}
  nothing();
  nothing_either();
  returns();
  (void)0;
  int;
  printf("%d\n", ONLY);
  return 0;
}
