/* clear: empties the terminal, its scroll-back too. */
#include <stdio.h>

int main(void) {
  fputs("\033[H\033[2J\033[3J", stdout);
  return 0;
}
