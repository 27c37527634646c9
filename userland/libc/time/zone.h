/* Local time as the variable TZ has it: zone.c. */
#ifndef TIME_ZONE_H
#define TIME_ZONE_H
#include <time.h>
/* Seconds east of Greenwich that local time is at `time`, and whether it is summer time. */
long __offset_at(time_t time, int *is_summer);
/* Of winter or summer. */
long __offset_of(int is_summer);
long __days_to(long year, long month, long day);
/* As gmtime_r, of a time that is not in UTC. */
void __break_down(time_t time, struct tm *to);
time_t __put_together(const struct tm *from);
#endif
