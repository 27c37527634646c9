/* Local time in zones that POSIX's TZ describes; strftime's paddings. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

int main(void) {
  static const char *const zones[] = {"UTC0",
                                      "CET-1CEST,M3.5.0,M10.5.0/3",
                                      "EST5EDT,M3.2.0,M11.1.0",
                                      "<+0330>-3:30",
                                      "AEST-10AEDT,M10.1.0,M4.1.0/3",
                                      "NZST-12:00:00NZDT-13:00:00,M9.5.0/2,M4.1.0/3",
                                      "IST-1GMT0,M10.5.0,M3.5.0/1",
                                      "XXX3YYY2,J60/0,J300/24",
                                      "XXX3YYY,59,299/-1"};
  static const time_t times[] = {0, 951782400, 1078099199, 1078099200, 1111885199, 1111885200, 1143334800, 1699163999, 1699164000,
                                 1710053999, 1710054000, 1729990799, 1729990800, 1735689599, 4102444800};
  char text[200];
  for (unsigned z = 0; z < sizeof zones / sizeof *zones; z++) {
    setenv("TZ", zones[z], 1);
    tzset();
    printf("%s: %s %s %ld %d\n", zones[z], tzname[0], tzname[1], timezone, daylight);
    for (unsigned i = 0; i < sizeof times / sizeof *times; i++) {
      struct tm t = *localtime(&times[i]);
      strftime(text, sizeof text, "%F %T %z %Z %j %s", &t);
      printf("%s %d %ld", text, t.tm_isdst, t.tm_gmtoff);
      time_t back = mktime(&t);
      printf(" %ld", (long)(back - times[i]));
      t.tm_isdst = 0, t.tm_mon += 7;
      back = mktime(&t);
      printf(" %ld %d\n", (long)back, t.tm_isdst);
    }
    struct tm noon = {.tm_year = 124, .tm_mon = 6, .tm_mday = 1, .tm_hour = 12, .tm_isdst = -1};
    printf("%ld %d", (long)mktime(&noon), noon.tm_isdst);
    noon = (struct tm){.tm_year = 124, .tm_mon = 0, .tm_mday = 31 + 29 + 31, .tm_hour = 36, .tm_isdst = -1};
    printf(" %ld %d %s", (long)mktime(&noon), noon.tm_isdst, asctime(&noon));
  }
  setenv("TZ", "", 1);
  time_t when = 1709251509;
  struct tm t = *localtime(&when);
  static const char *const formats[] = {"%-d %-m %-H %-j", "%_d %_m %_H %_j", "%e %0e", "%^a %^B", "%5d|%3Y|%6Y|%-5d", "%10A|%-10A|%_10A",
                                        "%^Z %z", "%12F|%_H", "%03e|%_3S", "%C %G %V %u %w %U %W", "%D %R %r %T %x %X %c %p %P %n%t%%"};
  for (unsigned i = 0; i < sizeof formats / sizeof *formats; i++)
    printf("%zu %s\n", strftime(text, sizeof text, formats[i], &t), text);
  return 0;
}
