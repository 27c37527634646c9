// Days and dates.
#include <stdio.h>

static int is_leap(int y) { return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0); }
static int days_in(int y, int m) { return m == 2 ? 28 + is_leap(y) : 30 + (m + m / 8) % 2; }
static long days_from_civil(int y, int m, int d) {
  y -= m <= 2;
  int era = (y >= 0 ? y : y - 399) / 400;
  unsigned yoe = y - era * 400, doy = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1, doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
  return era * 146097l + (int)doe - 719468;
}
static const char *weekday(long days) {
  static const char names[7][4] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
  return names[(days % 7 + 7) % 7];
}

int main(void) {
  printf("%ld %ld %ld\n", days_from_civil(1970, 1, 1), days_from_civil(2000, 3, 1), days_from_civil(1600, 2, 29));
  printf("%s %s %s\n", weekday(0), weekday(days_from_civil(2024, 2, 29)), weekday(days_from_civil(1815, 12, 10)));
  int total = 0;
  for (int m = 1; m <= 12; m++) total = total * 3 + days_in(2023, m) + days_in(2024, m);
  printf("%d %d %d %d\n", total, is_leap(1900), is_leap(2000), is_leap(2023));
  return 0;
}
