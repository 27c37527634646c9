// Arrays of structures of bit-fields: cards, colours, dates.
#include <stdio.h>

struct date { unsigned year : 12, month : 4, day : 5; };
struct color { unsigned short r : 5, g : 6, b : 5; };
struct card { unsigned char suit : 2, rank : 4, seen : 1; };

int main(void) {
  struct card deck[52];
  for (int i = 0; i < 52; i++) deck[i] = (struct card){i / 13, i % 13, i % 3 == 0};
  unsigned seed = 1;
  for (int i = 51; i > 0; i--) {
    int j = (seed = seed * 1103515245 + 12345) / 65536 % (i + 1);
    struct card t = deck[i];
    deck[i] = deck[j];
    deck[j] = t;
  }
  int sum = 0, seen = 0;
  for (struct card *c = deck; c < deck + 52; c++) {
    sum = sum * 3 + c->suit * 16 + c->rank;
    seen += c->seen;
    c->seen ^= 1;
    seen += c->seen * 100;
  }
  printf("%d %d %zu\n", sum, seen, sizeof *deck);
  struct color pixels[4] = {{31, 0, 0}, {0, 63, 0}, {0, 0, 31}, {10, 20, 30}};
  for (int i = 0; i < 4; i++) {
    pixels[i].r = (pixels[i].r + pixels[(i + 1) % 4].r) / 2;
    pixels[i].g += 5;
    printf("%d,%d,%d ", pixels[i].r, pixels[i].g, pixels[i].b);
  }
  struct date days[3] = {{1999, 12, 31}, {2024, 2, 29}, {.day = 1}};
  for (int i = 0; i < 3; i++) {
    if (++days[i].day > 31 || days[i].day == 0) days[i].day = 1, days[i].month++;
    printf("%d-%d-%d ", days[i].year, days[i].month, days[i].day);
  }
  printf("%zu\n", sizeof(struct date));
  return 0;
}
