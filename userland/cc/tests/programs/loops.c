// for, while and do with break and continue in all places.
#include <stdio.h>

int main(void) {
  int i, n = 0;
  for (i = 0; i < 10; i++) {
    if (i == 3) continue;
    if (i == 8) break;
    n += i;
  }
  printf("%d %d\n", i, n);
  while (1) {
    if (n-- < 15) break;
    if (n % 2) continue;
    i++;
  }
  printf("%d %d\n", i, n);
  do {
    n += 5;
    if (n > 30) continue;
    i--;
  } while (n < 40);
  printf("%d %d\n", i, n);
  for (;;) {
    for (int j = 0;; j++) {
      if (j > 5) break;
      if (j % 2) continue;
      n++;
    }
    if (n > 60) break;
  }
  printf("%d\n", n);
  do n--;
  while (n > 50);
  while (n++ < 55);
  printf("%d\n", n);
  for (unsigned char c = 250; c >= 250; c++) printf("%d ", c);
  for (signed char c = 5; c >= 0; c--) printf("%d ", c);
  for (long l = 1; l > 0 && l < 1l << 62; l *= 1000) printf("%ld ", l);
  for (unsigned u = 3; u--;) printf("%u ", u);
  printf("\n");
  do {
    if (n) break;
    printf("never\n");
  } while (0);
  int turns = 0;
  for (int a = 0, b = 10; a != b; a < b ? a++ : b++, b--) {
    if (a > b) break;
    turns++;
  }
  printf("%d\n", turns);
  return 0;
}
