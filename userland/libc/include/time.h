/* time.h: C11 7.27 and POSIX's clocks; local time is what the variable TZ says, in POSIX's form. */
#ifndef _TIME_H
#define _TIME_H
#include <bits/struct-timespec.h>
#include <bits/time.h>
#include <bits/types.h>
#define CLOCKS_PER_SEC 1000000L
struct tm {
  int tm_sec, tm_min, tm_hour, tm_mday, tm_mon, tm_year, tm_wday, tm_yday, tm_isdst;
  long tm_gmtoff;
  const char *tm_zone;
};
time_t time(time_t *to);
clock_t clock(void);
int clock_gettime(clockid_t clock, struct timespec *to);
int clock_settime(clockid_t clock, const struct timespec *from);
int clock_getres(clockid_t clock, struct timespec *to);
int clock_getcpuclockid(pid_t pid, clockid_t *clock);
int nanosleep(const struct timespec *duration, struct timespec *left);
int clock_nanosleep(clockid_t clock, int flags, const struct timespec *time, struct timespec *left);
struct tm *gmtime(const time_t *time);
struct tm *gmtime_r(const time_t *restrict time, struct tm *restrict to);
struct tm *localtime(const time_t *time);
struct tm *localtime_r(const time_t *restrict time, struct tm *restrict to);
time_t mktime(struct tm *from);
time_t timegm(struct tm *from);
char *asctime(const struct tm *from);
char *asctime_r(const struct tm *restrict from, char *restrict to);
char *ctime_r(const time_t *time, char *to);
char *strptime(const char *restrict text, const char *restrict format, struct tm *restrict to);
#define TIME_UTC 1
int timespec_get(struct timespec *to, int base);
time_t timelocal(struct tm *from);
extern char *tzname[2];
extern long timezone;
extern int daylight;
void tzset(void);
char *ctime(const time_t *time);
size_t strftime(char *restrict to, size_t size, const char *restrict format,
                const struct tm *restrict from);
#endif
