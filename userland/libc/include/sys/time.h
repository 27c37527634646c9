/* sys/time.h: times in microseconds, interval timers. */
#ifndef _SYS_TIME_H
#define _SYS_TIME_H
#include <bits/struct-itimerval.h>
#include <bits/struct-timeval.h>
#include <bits/time.h>
#include <bits/types.h>
#include <sys/select.h>
/* What gettimeofday's second argument points to; always of zeros. */
struct timezone {
  int tz_minuteswest;
  int tz_dsttime;
};
int gettimeofday(struct timeval *restrict to, void *restrict zone);
int futimes(int fd, const struct timeval times[2]);
int lutimes(const char *path, const struct timeval times[2]);
int utimes(const char *path, const struct timeval times[2]);
#define TIMEVAL_TO_TIMESPEC(from, to) ((void)((to)->tv_sec = (from)->tv_sec, (to)->tv_nsec = (from)->tv_usec * 1000))
#define TIMESPEC_TO_TIMEVAL(to, from) ((void)((to)->tv_sec = (from)->tv_sec, (to)->tv_usec = (from)->tv_nsec / 1000))
#define timeradd(a, b, to) \
  do { \
    (to)->tv_sec = (a)->tv_sec + (b)->tv_sec; \
    (to)->tv_usec = (a)->tv_usec + (b)->tv_usec; \
    if ((to)->tv_usec >= 1000000) (to)->tv_sec++, (to)->tv_usec -= 1000000; \
  } while (0)
#define timersub(a, b, to) \
  do { \
    (to)->tv_sec = (a)->tv_sec - (b)->tv_sec; \
    (to)->tv_usec = (a)->tv_usec - (b)->tv_usec; \
    if ((to)->tv_usec < 0) (to)->tv_sec--, (to)->tv_usec += 1000000; \
  } while (0)
#define timerclear(t) ((t)->tv_sec = (t)->tv_usec = 0)
#define timerisset(t) ((t)->tv_sec || (t)->tv_usec)
#define timercmp(a, b, op) ((a)->tv_sec == (b)->tv_sec ? (a)->tv_usec op(b)->tv_usec : (a)->tv_sec op(b)->tv_sec)
int getitimer(int which, struct itimerval *to);
int setitimer(int which, const struct itimerval *restrict value, struct itimerval *restrict old);
#endif
