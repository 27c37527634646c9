/* strptime(3): the reverse of strftime, as far as names and numbers go; and what is written into the caller's own memory. */
#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <stdio.h>
#include <time.h>

static const char *const months[] = {"January", "February", "March", "April", "May", "June", "July", "August",
                                     "September", "October", "November", "December"};
static const char *const days[] = {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

static const char *name(const char *at, const char *const *names, int count, int *to) {
  for (int i = 0; i < count; i++) {
    size_t length = strlen(names[i]);
    if (strncasecmp(at, names[i], length) == 0) return *to = i, at + length;
  }
  for (int i = 0; i < count; i++)
    if (strncasecmp(at, names[i], 3) == 0) return *to = i, at + 3;
  return 0;
}

static const char *number(const char *at, int digits, int least, int most, int *to) {
  int value = 0;
  while (isspace((unsigned char)*at)) at++;
  if (!isdigit((unsigned char)*at)) return 0;
  for (; digits > 0 && isdigit((unsigned char)*at); digits--) value = value * 10 + *at++ - '0';
  if (value < least || value > most) return 0;
  *to = value;
  return at;
}

char *strptime(const char *restrict text, const char *restrict format, struct tm *restrict to) {
  int value = 0, afternoon = -1, century = -1, year_of_century = -1, has_day = 0, has_weekday = 0, has_yearday = 0;
  for (; text && *format; format++) {
    if (isspace((unsigned char)*format)) {
      while (isspace((unsigned char)*text)) text++;
      continue;
    }
    if (*format != '%') {
      text = *text == *format ? text + 1 : 0;
      continue;
    }
    if (format[1] == 'E' || format[1] == 'O') format++;
    const char *nested = 0;
    switch (*++format) {
      case 'a':
      case 'A': text = name(text, days, 7, &to->tm_wday), has_weekday = 1; break;
      case 'b':
      case 'B':
      case 'h': text = name(text, months, 12, &to->tm_mon), has_day = 1; break;
      case 'd':
      case 'e': text = number(text, 2, 1, 31, &to->tm_mday), has_day = 1; break;
      case 'm':
        if ((text = number(text, 2, 1, 12, &value))) to->tm_mon = value - 1, has_day = 1;
        break;
      case 'Y':
        if ((text = number(text, 4, 0, 9999, &value))) to->tm_year = value - 1900, century = -1, year_of_century = -1, has_day = 1;
        break;
      case 'y': text = number(text, 2, 0, 99, &year_of_century), has_day = 1; break;
      case 'C': text = number(text, 2, 0, 99, &century), has_day = 1; break;
      case 'H':
      case 'k': text = number(text, 2, 0, 23, &to->tm_hour); break;
      case 'I':
      case 'l':
        if ((text = number(text, 2, 1, 12, &value))) to->tm_hour = value % 12;
        break;
      case 'M': text = number(text, 2, 0, 59, &to->tm_min); break;
      case 'S': text = number(text, 2, 0, 61, &to->tm_sec); break;
      case 'j':
        if ((text = number(text, 3, 1, 366, &value))) to->tm_yday = value - 1, has_yearday = 1;
        break;
      case 'u':
        if ((text = number(text, 1, 1, 7, &value))) to->tm_wday = value % 7, has_weekday = 1;
        break;
      case 'w': text = number(text, 1, 0, 6, &to->tm_wday), has_weekday = 1; break;
      case 'U':
      case 'W': text = number(text, 2, 0, 53, &value); break;
      case 'p':
      case 'P':
        if (strncasecmp(text, "am", 2) == 0) afternoon = 0;
        else if (strncasecmp(text, "pm", 2) == 0) afternoon = 1;
        text = afternoon < 0 ? 0 : text + 2;
        break;
      case 's': {
        time_t seconds = 0;
        int minus = *text == '-';
        text += minus;
        if (!isdigit((unsigned char)*text)) return 0;
        while (isdigit((unsigned char)*text)) seconds = seconds * 10 + *text++ - '0';
        if (minus) seconds = -seconds;
        localtime_r(&seconds, to);
        break;
      }
      case 'z': {
        int minus = *text == '-', hours, minutes;
        if (*text == 'Z') {
          text++;
          to->tm_gmtoff = 0;
          break;
        }
        if (*text != '+' && *text != '-') return 0;
        if (!(text = number(text + 1, 2, 0, 14, &hours))) break;
        if (*text == ':') text++;
        if (!(text = number(text, 2, 0, 59, &minutes))) break;
        to->tm_gmtoff = (hours * 3600L + minutes * 60L) * (minus ? -1 : 1);
        break;
      }
      case 'Z':
        while (isalpha((unsigned char)*text)) text++;
        break;
      case 'n':
      case 't':
        while (isspace((unsigned char)*text)) text++;
        break;
      case '%': text = *text == '%' ? text + 1 : 0; break;
      case 'D':
      case 'x': nested = "%m/%d/%y"; break;
      case 'F': nested = "%Y-%m-%d"; break;
      case 'R': nested = "%H:%M"; break;
      case 'T':
      case 'X': nested = "%H:%M:%S"; break;
      case 'r': nested = "%I:%M:%S %p"; break;
      case 'c': nested = "%a %b %e %H:%M:%S %Y"; break;
      default: return 0;
    }
    if (nested) text = strptime(text, nested, to), has_day = 1;
  }
  if (!text) return 0;
  if (afternoon >= 0) to->tm_hour = to->tm_hour % 12 + 12 * afternoon;
  if (year_of_century >= 0) to->tm_year = century >= 0 ? century * 100 + year_of_century - 1900 : year_of_century + (year_of_century < 69 ? 100 : 0);
  else if (century >= 0) to->tm_year = century * 100 - 1900 + (to->tm_year % 100 + 100) % 100;
  if (has_day && to->tm_mday > 0) {
    /* Which day of the week and of the year that is. */
    struct tm copy = *to;
    timegm(&copy);
    if (!has_weekday) to->tm_wday = copy.tm_wday;
    if (!has_yearday) to->tm_yday = copy.tm_yday;
  }
  return (char *)text;
}

char *asctime_r(const struct tm *restrict from, char *restrict to) {
  sprintf(to, "%.3s %.3s%3d %.2d:%.2d:%.2d %d\n", from->tm_wday < 0 || from->tm_wday > 6 ? "???" : days[from->tm_wday],
          from->tm_mon < 0 || from->tm_mon > 11 ? "???" : months[from->tm_mon], from->tm_mday, from->tm_hour, from->tm_min,
          from->tm_sec, from->tm_year + 1900);
  return to;
}

char *ctime_r(const time_t *time, char *to) {
  struct tm tm;
  return asctime_r(localtime_r(time, &tm), to);
}

int timespec_get(struct timespec *to, int base) { return base == TIME_UTC && clock_gettime(CLOCK_REALTIME, to) == 0 ? base : 0; }

time_t timelocal(struct tm *from) { return mktime(from); }
