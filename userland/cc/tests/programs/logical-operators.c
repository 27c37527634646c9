// && and || evaluate as little as they may and yield 0 or 1.
#include <stdio.h>

static int calls;
static int say(int value) {
  calls++;
  printf("[%d]", value);
  return value;
}

int main(void) {
  for (int a = 0; a < 3; a++)
    for (int b = 0; b < 3; b++) {
      printf(" %d", say(a) && say(b));
      printf(" %d", say(a) || say(b));
      printf(" %d", say(a) && say(b) || say(1));
      printf(" %d", (say(a) || say(b)) && say(2));
      if (!(say(a) && !say(b))) printf(" yes");
      printf("\n");
    }
  long big = 0x100000000;
  char *pointer = "x";
  printf("%d %d %d %d\n", big && 1, 0 || big, pointer && *pointer, !pointer || 0);
  printf("%d\n", calls);
  return 0;
}
