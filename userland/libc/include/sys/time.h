/* sys/time.h: times in microseconds, interval timers. */
#ifndef _SYS_TIME_H
#define _SYS_TIME_H
#include <bits/struct-itimerval.h>
#include <bits/struct-timeval.h>
#include <bits/time.h>
#include <bits/types.h>
#include <sys/select.h>
int gettimeofday(struct timeval *restrict to, void *restrict zone);
int futimes(int fd, const struct timeval times[2]);
int lutimes(const char *path, const struct timeval times[2]);
int utimes(const char *path, const struct timeval times[2]);
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
