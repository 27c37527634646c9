/* Seconds since 1970 as dates and back (C11 7.27.3), by the proleptic Gregorian calendar. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "zone.h"

#define DAY 86400L
#define DAYS_OF_400_YEARS 146097L
/* From 0000-03-01, where a 400-year cycle of years that begin in March starts, to 1970-01-01. */
#define DAYS_TO_EPOCH 719468L

static const char days[] = "SunMonTueWedThuFriSat";
static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

static long floor_divide(long a, long b) { return a / b - (a % b < 0); }

static int is_leap(long year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

/* Days from the epoch to a date; month counts from 0 and may lie outside a year. */
long __days_to(long year, long month, long day) {
  year += floor_divide(month - 2, 12); /* a year that begins in March: its leap day comes last */
  long march_month = (month - 2) - floor_divide(month - 2, 12) * 12;
  long cycle = floor_divide(year, 400), of_cycle = year - cycle * 400;
  long of_year = (153 * march_month + 2) / 5 + day - 1;
  return cycle * DAYS_OF_400_YEARS + of_cycle * 365 + of_cycle / 4 - of_cycle / 100 + of_year - DAYS_TO_EPOCH;
}

void __break_down(time_t time, struct tm *to) {
  long day = floor_divide(time, DAY), second = time - day * DAY;
  long shifted = day + DAYS_TO_EPOCH, cycle = floor_divide(shifted, DAYS_OF_400_YEARS);
  long of_cycle = shifted - cycle * DAYS_OF_400_YEARS;
  long year = (of_cycle - of_cycle / 1460 + of_cycle / 36524 - of_cycle / 146096) / 365;
  long of_year = of_cycle - (365 * year + year / 4 - year / 100);
  long march_month = (5 * of_year + 2) / 153;
  to->tm_mday = (int)(of_year - (153 * march_month + 2) / 5 + 1);
  to->tm_mon = (int)(march_month < 10 ? march_month + 2 : march_month - 10);
  year += cycle * 400 + (to->tm_mon < 2);
  to->tm_year = (int)(year - 1900);
  to->tm_yday = (int)(day - __days_to(year, 0, 1));
  to->tm_wday = (int)(((day + 4) % 7 + 7) % 7);
  to->tm_hour = (int)(second / 3600);
  to->tm_min = (int)(second / 60 % 60);
  to->tm_sec = (int)(second % 60);
}

struct tm *gmtime_r(const time_t *restrict time, struct tm *restrict to) {
  __break_down(*time, to);
  to->tm_isdst = 0;
  to->tm_gmtoff = 0;
  to->tm_zone = "GMT";
  return to;
}

struct tm *gmtime(const time_t *time) {
  static struct tm result;
  return gmtime_r(time, &result);
}
struct tm *localtime_r(const time_t *restrict time, struct tm *restrict to) {
  tzset();
  to->tm_gmtoff = __offset_at(*time, &to->tm_isdst);
  to->tm_zone = tzname[to->tm_isdst];
  __break_down(*time + to->tm_gmtoff, to);
  return to;
}
struct tm *localtime(const time_t *time) {
  static struct tm result;
  return localtime_r(time, &result);
}

time_t __put_together(const struct tm *from) {
  return __days_to(from->tm_year + 1900L, from->tm_mon, from->tm_mday) * DAY + from->tm_hour * 3600L + from->tm_min * 60L + from->tm_sec;
}

time_t timegm(struct tm *from) {
  time_t result = __put_together(from);
  gmtime_r(&result, from);
  return result;
}

/* Which of the two offsets is meant the caller may say; otherwise it is the one that holds then. Where none does, because the
   clock is put forward, winter's is taken. */
time_t mktime(struct tm *from) {
  tzset();
  time_t clock = __put_together(from), winter = clock - __offset_of(0), summer = clock - __offset_of(1);
  int is_summer;
  time_t result = from->tm_isdst > 0 ? summer : winter;
  if (from->tm_isdst < 0 && (__offset_at(winter, &is_summer), is_summer) && (__offset_at(summer, &is_summer), is_summer)) result = summer;
  localtime_r(&result, from);
  return result;
}

char *asctime(const struct tm *from) {
  static char text[32];
  snprintf(text, sizeof text, "%.3s %.3s%3d %.2d:%.2d:%.2d %d\n", days + from->tm_wday * 3,
           months + from->tm_mon * 3, from->tm_mday, from->tm_hour, from->tm_min, from->tm_sec,
           from->tm_year + 1900);
  return text;
}
char *ctime(const time_t *time) { return asctime(localtime(time)); }

/* ISO 8601's week and its year: week 1 holds the year's first Thursday. */
static int iso_week(const struct tm *t, long *year) {
  int monday_based = (t->tm_wday + 6) % 7;
  int week = (t->tm_yday - monday_based + 10) / 7;
  *year = t->tm_year + 1900L;
  if (week < 1) {
    (*year)--;
    int yday = t->tm_yday + 365 + is_leap(*year);
    return (yday - monday_based + 10) / 7;
  }
  if (week == 53 && t->tm_yday - monday_based + 3 >= 365 + is_leap(*year)) {
    (*year)++;
    return 1;
  }
  return week;
}

/* The text with another padding, with letters in upper case. */
static const char *dress(char *piece, size_t room, const char *text, char padding, int width, int is_upper, char conversion) {
  char plain[64];
  int is_number = strchr("CdegGHIjklmMsSuUVwWyY", conversion) != 0;
  strlcpy(plain, text, sizeof plain);
  const char *from = plain;
  if (is_number && padding) {
    int length = (int)strlen(plain);
    while (from[1] && (*from == '0' || *from == ' ')) from++;
    if (padding != '-' && width < length) width = length;
  }
  int zeros = padding ? padding == '0' : is_number && !strchr("ekl", conversion);
  int blanks = width - (int)strlen(from);
  if (blanks > (int)(room - sizeof plain)) blanks = (int)(room - sizeof plain);
  char *to = piece;
  for (; blanks > 0; blanks--) *to++ = zeros ? '0' : ' ';
  for (; *from; from++) *to++ = is_upper && *from >= 'a' && *from <= 'z' ? (char)(*from - 32) : *from;
  *to = 0;
  return piece;
}

size_t strftime(char *restrict to, size_t size, const char *restrict format,
                const struct tm *restrict t) {
  static const char *const long_days[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                          "Thursday", "Friday", "Saturday"};
  static const char *const long_months[] = {"January",   "February", "March",    "April",
                                            "May",       "June",     "July",     "August",
                                            "September", "October",  "November", "December"};
  size_t used = 0;
  for (; *format; format++) {
    char piece[1100];
    const char *text = piece;
    long year;
    int hour12 = (t->tm_hour + 11) % 12 + 1;
    piece[0] = 0;
    if (*format != '%') {
      piece[0] = *format;
      piece[1] = 0;
    } else {
      struct tm copy = *t;
      const char *nested = 0;
#define PIECE(...) snprintf(piece, sizeof piece, __VA_ARGS__)
      /* GNU's: how a number is padded, upper case, and how wide the field is. */
      char padding = 0;
      int is_upper = 0;
      for (; format[1] && strchr("-_0^#", format[1]); format++)
        if (format[1] == '^') is_upper = 1;
        else if (format[1] != '#') padding = format[1];
      int width = 0;
      for (; format[1] >= '0' && format[1] <= '9'; format++) width = width < 1000 ? width * 10 + format[1] - '0' : width;
      if (format[1] == 'E' || format[1] == 'O') format++; /* other eras and digits: this locale has none */
      switch (*++format) {
        case 'a': PIECE("%.3s", days + t->tm_wday * 3); break;
        case 'A': text = long_days[t->tm_wday]; break;
        case 'b':
        case 'h': PIECE("%.3s", months + t->tm_mon * 3); break;
        case 'B': text = long_months[t->tm_mon]; break;
        case 'c': nested = "%a %b %e %H:%M:%S %Y"; break;
        case 'C': PIECE("%02d", (t->tm_year + 1900) / 100); break;
        case 'd': PIECE("%02d", t->tm_mday); break;
        case 'D':
        case 'x': nested = "%m/%d/%y"; break;
        case 'e': PIECE("%2d", t->tm_mday); break;
        case 'F': nested = "%Y-%m-%d"; break;
        case 'g': iso_week(t, &year); PIECE("%02ld", year % 100); break;
        case 'G': iso_week(t, &year); PIECE("%ld", year); break;
        case 'H': PIECE("%02d", t->tm_hour); break;
        case 'I': PIECE("%02d", hour12); break;
        case 'j': PIECE("%03d", t->tm_yday + 1); break;
        case 'k': PIECE("%2d", t->tm_hour); break;
        case 'l': PIECE("%2d", hour12); break;
        case 'm': PIECE("%02d", t->tm_mon + 1); break;
        case 'M': PIECE("%02d", t->tm_min); break;
        case 'n': text = "\n"; break;
        case 'p': text = t->tm_hour < 12 ? "AM" : "PM"; break;
        case 'P': text = t->tm_hour < 12 ? "am" : "pm"; break;
        case 'r': nested = "%I:%M:%S %p"; break;
        case 'R': nested = "%H:%M"; break;
        case 's': PIECE("%ld", mktime(&copy)); break;
        case 'S': PIECE("%02d", t->tm_sec); break;
        case 't': text = "\t"; break;
        case 'T':
        case 'X': nested = "%H:%M:%S"; break;
        case 'u': PIECE("%d", (t->tm_wday + 6) % 7 + 1); break;
        case 'U': PIECE("%02d", (t->tm_yday + 7 - t->tm_wday) / 7); break;
        case 'V': PIECE("%02d", iso_week(t, &year)); break;
        case 'w': PIECE("%d", t->tm_wday); break;
        case 'W': PIECE("%02d", (t->tm_yday + 7 - (t->tm_wday + 6) % 7) / 7); break;
        case 'y': PIECE("%02d", t->tm_year % 100); break;
        case 'Y': PIECE("%d", t->tm_year + 1900); break;
        case 'z':
          PIECE("%c%02ld%02ld", t->tm_gmtoff < 0 ? '-' : '+', labs(t->tm_gmtoff) / 3600, labs(t->tm_gmtoff) / 60 % 60);
          break;
        case 'Z': text = t->tm_zone ? t->tm_zone : ""; break;
        case '%': text = "%"; break;
        case 0: format--; break;
        default: PIECE("%%%c", *format);
      }
#undef PIECE
      if (nested) strftime(piece, sizeof piece, nested, t);
      if (padding || width || is_upper) text = dress(piece, sizeof piece, text, padding, width, is_upper, *format);
    }
    for (; *text; text++) {
      if (used + 1 >= size) return 0;
      to[used++] = *text;
    }
  }
  if (size == 0) return 0;
  to[used] = 0;
  return used;
}
