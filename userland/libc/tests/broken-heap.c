// What malloc says about a program's mistakes; ours says it in its own words, so this is not compared with glibc.
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv) {
  char *block = malloc(40), *other = malloc(40);
  switch (argc > 1 ? argv[1][0] : 0) {
    case 'd': /* freed twice */
      free(block);
      free(block);
      break;
    case 'w': /* freed at a wrong address */
      free(block + 16);
      break;
    case 'o': /* overrun into the next block */
      memset(block, 'x', 64);
      free(other);
      break;
    case 'm': { /* a freed block written to, then taken again */
      char *volatile stale = other;
      malloc(40); /* keeps the two apart */
      free(other);
      memset(stale, 'x', 16);
      for (int i = 0; i < 100; i++) malloc(40);
      break;
    }
  }
  return 0;
}
