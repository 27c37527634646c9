/* sys/time.h: times in microseconds, interval timers. */
#ifndef _SYS_TIME_H
#define _SYS_TIME_H
#include <bits/struct-itimerval.h>
#include <bits/struct-timeval.h>
#include <bits/time.h>
#include <bits/types.h>
int gettimeofday(struct timeval *restrict to, void *restrict zone);
int getitimer(int which, struct itimerval *to);
int setitimer(int which, const struct itimerval *restrict value, struct itimerval *restrict old);
#endif
