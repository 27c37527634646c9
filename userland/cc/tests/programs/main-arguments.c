// flags: -fhosted
// main's arguments, its result when it ends without return, exit handlers.
#include <stdio.h>
#include <stdlib.h>

static void first(void) { printf("first\n"); }
static void second(void) { printf("second\n"); }

int main(int argc, char **argv) {
  printf("%d %d %d\n", argc, argv[0] != 0, argv[argc] == 0);
  atexit(second);
  atexit(first);
}
