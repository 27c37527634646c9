/* sys/times.h: times(2). */
#ifndef _SYS_TIMES_H
#define _SYS_TIMES_H
#include <bits/struct-tms.h>
#include <bits/types.h>
clock_t times(struct tms *to);
#endif
