/* clear: empties the terminal, its scroll-back too. The letters are letters again: what a binary file has
   printed may have turned them into line drawings. */
#include <stdio.h>

int main(void) {
  fputs("\033(B\017\033[H\033[2J\033[3J", stdout);
  return 0;
}
