// Dates from -400 to 2400 and back, strftime.
#include <stdio.h>
#include <time.h>

int main(void) {
  unsigned long sum = 0;
  for (long t = -74000000000; t < 14000000000; t += 86400L * 37 + 4211) {
    struct tm tm;
    time_t time = t;
    gmtime_r(&time, &tm);
    char text[200];
    strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S %j %u %w %U %W %V %G", &tm);
    for (char *c = text; *c; c++) sum = sum * 31 + (unsigned char)*c;
    if (t % 5 == 0) printf("%ld %s\n", t, text);
    if (mktime(&tm) != t) printf("mktime(%ld)\n", t);
  }
  printf("%lu\n", sum);
  time_t time = 1700000000;
  char text[400];
  struct tm *tm = gmtime(&time);
  strftime(text, sizeof text, "%a %A %b %B %c %C %d %D %e %F %g %h %H %I %j %k %l %m %M %p %P %r %R %s %S %T %x %X %y %Y %% %z", tm);
  puts(text);
  printf("%s%s", asctime(tm), ctime(&time));
  struct tm odd = {.tm_year = 124, .tm_mon = 14, .tm_mday = -3, .tm_hour = 30, .tm_min = -70, .tm_sec = 3700};
  printf("%ld ", (long)mktime(&odd));
  printf("%d %d %d %d\n", odd.tm_mon, odd.tm_mday, odd.tm_wday, odd.tm_yday);
  printf("%zu\n", strftime(text, 4, "%Y", tm));
  return 0;
}
