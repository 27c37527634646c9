/* A moment as people write it, for date -d and touch -d (the date input formats of GNU that are used daily). */
#ifndef WHEN_H
#define WHEN_H
#include <time.h>

/*
 * Reads "@SECONDS[.FRACTION]", or any of: YYYY-MM-DD, MM/DD/YYYY, "D Month YYYY", "Month D, YYYY", hh:mm[:ss[.fraction]] [am|pm],
 * now, today, tomorrow, yesterday, a day of the week, [+-]N UNIT [ago], next UNIT, last UNIT, Z, UTC, +hh:mm.
 * What is not said is as in `now`; a date without a time is its first moment. 0, or -1 when `text` is none of it.
 */
int when_parse(const char *text, struct timespec now, struct timespec *to);
#endif
