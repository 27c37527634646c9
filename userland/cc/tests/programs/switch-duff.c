// Duff's device: a loop that is entered in its middle.
#include <stdio.h>

static void copy(char *to, const char *from, int count) {
  int n = (count + 7) / 8;
  switch (count % 8) {
    case 0:
      do {
        *to++ = *from++;
        case 7: *to++ = *from++;
        case 6: *to++ = *from++;
        case 5: *to++ = *from++;
        case 4: *to++ = *from++;
        case 3: *to++ = *from++;
        case 2: *to++ = *from++;
        case 1: *to++ = *from++;
      } while (--n > 0);
  }
}

int main(void) {
  char from[40] = "abcdefghijklmnopqrstuvwxyz0123456789", to[40];
  for (int n = 1; n < 36; n += 3) {
    copy(to, from, n);
    to[n] = 0;
    printf("%s\n", to);
  }
  return 0;
}
