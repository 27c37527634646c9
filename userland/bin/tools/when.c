/* See when.h. Local time is UTC here. */
#include "when.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
static const char days[] = "sunmontuewedthufrisat";
static const char *const month_names[] = {"january", "february", "march", "april", "may", "june", "july", "august",
                                          "september", "october", "november", "december"};
static const char *const day_names[] = {"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};

/* Which of a list a word is: its first three letters, or all of it. */
static int index_of(const char *word, const char *list, const char *const *names, int count) {
  size_t length = strlen(word);
  for (int at = 0; at < count; at++)
    if ((length == 3 && strncmp(word, list + 3 * at, 3) == 0) || strcmp(word, names[at]) == 0) return at;
  return -1;
}

/* Adds `count` of the unit to the time; false when there is no such unit. */
static int add(struct tm *tm, long *seconds, const char *unit, long count) {
  size_t length = strlen(unit);
  char name[16];
  if (length == 0 || length >= sizeof name) return 0;
  strcpy(name, unit);
  if (length > 3 && name[length - 1] == 's') name[length - 1] = 0;
  if (strcmp(name, "second") == 0 || strcmp(name, "sec") == 0) *seconds += count;
  else if (strcmp(name, "minute") == 0 || strcmp(name, "min") == 0) *seconds += count * 60;
  else if (strcmp(name, "hour") == 0) *seconds += count * 3600;
  else if (strcmp(name, "day") == 0) tm->tm_mday += (int)count;
  else if (strcmp(name, "week") == 0) tm->tm_mday += (int)count * 7;
  else if (strcmp(name, "fortnight") == 0) tm->tm_mday += (int)count * 14;
  else if (strcmp(name, "month") == 0) tm->tm_mon += (int)count;
  else if (strcmp(name, "year") == 0) tm->tm_year += (int)count;
  else return 0;
  return 1;
}

static int fraction(const char **at, long *nanoseconds) {
  long unit = 100000000;
  *nanoseconds = 0;
  if (**at != '.' && **at != ',') return 1;
  if (!isdigit((unsigned char)*++*at)) return 0;
  for (; isdigit((unsigned char)**at); ++*at, unit /= 10) *nanoseconds += (**at - '0') * unit;
  return 1;
}

struct reading {
  struct tm tm;
  long seconds, nanoseconds; /* to be added */
  int has_date, has_time;
  int weekday, week; /* a day by its name, -1 without one; week: 1 the next one, not today, -1 the last one */
  long step; /* of the last "N UNIT", for "ago" */
  char unit[16];
};

/* "3pm": no minutes. */
static int read_hour(struct reading *r, const char **text) {
  char *end;
  long hour = strtol(*text, &end, 10);
  if (!isdigit((unsigned char)**text) || hour < 1 || hour > 12) return 0;
  while (*end == ' ') end++;
  if (!strchr("aApP", *end) || !*end || tolower((unsigned char)end[1]) != 'm' || isalpha((unsigned char)end[2])) return 0;
  r->tm.tm_hour = (int)hour % 12 + (tolower((unsigned char)*end) == 'p' ? 12 : 0);
  r->tm.tm_min = r->tm.tm_sec = 0;
  r->nanoseconds = 0;
  r->has_time = 1;
  *text = end + 2;
  return 1;
}

static int read_time(struct reading *r, const char **text) {
  int hour, minute, used = 0;
  const char *at = *text;
  if (sscanf(at, "%2d:%2d%n", &hour, &minute, &used) != 2 || !used || hour > 24 || minute > 59) return 0;
  at += used;
  r->tm.tm_hour = hour;
  r->tm.tm_min = minute;
  r->tm.tm_sec = 0;
  r->nanoseconds = 0;
  if (*at == ':') {
    char *end;
    r->tm.tm_sec = (int)strtol(at + 1, &end, 10);
    if (end == at + 1 || r->tm.tm_sec > 60) return 0;
    at = end;
    if (!fraction(&at, &r->nanoseconds)) return 0;
  }
  while (*at == ' ') at++;
  if (strncasecmp(at, "am", 2) == 0 || strncasecmp(at, "pm", 2) == 0) {
    if (hour < 1 || hour > 12) return 0;
    r->tm.tm_hour = hour % 12 + (tolower((unsigned char)*at) == 'p' ? 12 : 0);
    at += 2;
  }
  if ((*at == '+' || *at == '-') && isdigit((unsigned char)at[1])) {
    int zone_hour, zone_minute = 0, zone_used = 0;
    if (sscanf(at + 1, "%2d:%2d%n", &zone_hour, &zone_minute, &zone_used) == 2 || sscanf(at + 1, "%2d%2d%n", &zone_hour, &zone_minute, &zone_used) == 2) {
      if (zone_used) {
        r->seconds -= (zone_hour * 3600L + zone_minute * 60L) * (*at == '-' ? -1 : 1);
        at += 1 + zone_used;
      }
    }
  }
  r->has_time = 1;
  *text = at;
  return 1;
}

static int is_date(int year, int month, int day) {
  static const char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month >= 1 && month <= 12 && day >= 1 && day <= lengths[month - 1] + (month == 2 && is_leap);
}

static int read_date(struct reading *r, const char **text) {
  int year, month, day, used = 0;
  const char *at = *text;
  if (sscanf(at, "%d-%2d-%2d%n", &year, &month, &day, &used) == 3 && used) {
  } else if (sscanf(at, "%2d/%2d/%d%n", &month, &day, &year, &used) == 3 && used) {
  } else return 0;
  if (!is_date(year, month, day)) return 0;
  r->tm.tm_year = year - 1900;
  r->tm.tm_mon = month - 1;
  r->tm.tm_mday = day;
  r->has_date = 1;
  at += used;
  if ((*at == 'T' || *at == 't') && isdigit((unsigned char)at[1])) at++;
  *text = at;
  return 1;
}

/* "May 5, 2024", "5 May 2024": the day and year around the month's name. */
static int read_month(struct reading *r, int month, const char **text) {
  const char *at = *text;
  char *end;
  r->tm.tm_mon = month;
  r->has_date = 1;
  while (*at == ' ' || *at == ',' || *at == '-') at++;
  long number = strtol(at, &end, 10);
  if (end == at || *end == ':') return 1;
  if (number <= 31 && end - at <= 2) {
    r->tm.tm_mday = (int)number;
    at = end;
    while (*at == ' ' || *at == ',') at++;
    number = strtol(at, &end, 10);
    if (end - at != 4) {
      *text = at;
      return 1;
    }
  }
  r->tm.tm_year = (int)number - 1900;
  *text = end;
  return 1;
}

static int read_word(struct reading *r, const char **text) {
  char word[16];
  size_t length = 0;
  const char *at = *text;
  for (; isalpha((unsigned char)*at); at++) {
    if (length == sizeof word - 1) return 0;
    word[length++] = (char)tolower((unsigned char)*at);
  }
  word[length] = 0;
  if (*at == '.') at++;
  *text = at;
  int found;
  if (strcmp(word, "now") == 0) return 1;
  if (strcmp(word, "z") == 0 || strcmp(word, "utc") == 0 || strcmp(word, "gmt") == 0) {
    int hours, used = 0; /* UTC+2 */
    if ((*at == '+' || *at == '-') && sscanf(at + 1, "%2d%n", &hours, &used) == 1 && at[1 + used] != ':') {
      r->seconds -= hours * 3600L * (*at == '-' ? -1 : 1);
      *text = at + 1 + used;
    }
    return 1;
  }
  if (strcmp(word, "today") == 0) return 1;
  if (strcmp(word, "tomorrow") == 0 || strcmp(word, "yesterday") == 0) {
    r->tm.tm_mday += *word == 't' ? 1 : -1;
    return 1;
  }
  if (strcmp(word, "ago") == 0) {
    if (!*r->unit) return 0;
    int done = add(&r->tm, &r->seconds, r->unit, -2 * r->step);
    *r->unit = 0;
    return done;
  }
  if (strcmp(word, "next") == 0 || strcmp(word, "last") == 0) {
    char unit[16];
    int used = 0;
    if (sscanf(at, " %15[a-zA-Z]%n", unit, &used) != 1) return 0;
    *text = at + used;
    for (char *c = unit; *c; c++) *c = (char)tolower((unsigned char)*c);
    if ((found = index_of(unit, days, day_names, 7)) >= 0) {
      r->weekday = found;
      r->week = *word == 'n' ? 1 : -1;
      return 1;
    }
    return add(&r->tm, &r->seconds, unit, *word == 'n' ? 1 : -1);
  }
  if ((found = index_of(word, months, month_names, 12)) >= 0) return read_month(r, found, text);
  if ((found = index_of(word, days, day_names, 7)) >= 0) {
    r->weekday = found;
    if (**text == ',') ++*text;
    return 1;
  }
  return add(&r->tm, &r->seconds, word, 1);
}

/* "3 days", "+2 hours", "5 May": a number, and what it counts. */
static int read_count(struct reading *r, const char **text) {
  char *end;
  long number = strtol(*text, &end, 10);
  if (end == *text) return 0;
  const char *at = end;
  while (*at == ' ' || *at == '-') at++;
  if (!isalpha((unsigned char)*at)) {
    /* "May 6 07:08:09 UTC 2024" */
    if (end - *text == 4 && r->has_date && r->has_time && isdigit((unsigned char)**text)) {
      r->tm.tm_year = (int)number - 1900;
      *text = end;
      return 1;
    }
    /* 20240131: a date without anything between. */
    if (end - *text != 8) return 0;
    r->tm.tm_year = (int)(number / 10000) - 1900;
    r->tm.tm_mon = (int)(number / 100 % 100) - 1;
    r->tm.tm_mday = (int)(number % 100);
    r->has_date = 1;
    *text = end;
    return is_date((int)(number / 10000), (int)(number / 100 % 100), (int)(number % 100));
  }
  char word[16];
  size_t length = 0;
  for (; isalpha((unsigned char)*at); at++) {
    if (length == sizeof word - 1) return 0;
    word[length++] = (char)tolower((unsigned char)*at);
  }
  word[length] = 0;
  int month = index_of(word, months, month_names, 12);
  *text = at;
  if (month >= 0) {
    if (number < 1 || number > 31) return 0;
    read_month(r, month, text);
    r->tm.tm_mday = (int)number;
    return 1;
  }
  strcpy(r->unit, word);
  r->step = number;
  return add(&r->tm, &r->seconds, word, number);
}

int when_parse(const char *text, struct timespec now, struct timespec *to) {
  struct reading r = {.weekday = -1};
  while (isspace((unsigned char)*text)) text++;
  if (*text == '@') {
    char *end;
    int minus = text[1] == '-';
    long seconds = strtol(text + 1, &end, 10), nanoseconds;
    const char *at = end;
    if (end == text + 1 || !fraction(&at, &nanoseconds)) return -1;
    if (minus && nanoseconds) seconds--, nanoseconds = 1000000000 - nanoseconds;
    *to = (struct timespec){seconds, nanoseconds};
    return *at ? -1 : 0;
  }
  gmtime_r(&now.tv_sec, &r.tm);
  r.nanoseconds = now.tv_nsec;
  int is_empty = !*text;
  while (*text) {
    if (isspace((unsigned char)*text) || *text == ',') {
      text++;
      continue;
    }
    if (read_hour(&r, &text) || read_time(&r, &text) || read_date(&r, &text)) continue;
    if (isalpha((unsigned char)*text) ? !read_word(&r, &text) : !read_count(&r, &text)) return -1;
  }
  if (((r.has_date || r.weekday >= 0 || is_empty) && !r.has_time)) r.tm.tm_hour = r.tm.tm_min = r.tm.tm_sec = 0, r.nanoseconds = 0;
  if (r.weekday >= 0 && !r.has_date) {
    int ahead = (r.weekday - r.tm.tm_wday + 7) % 7;
    if (r.week < 0 || (r.week > 0 && ahead == 0)) ahead += 7 * r.week;
    r.tm.tm_mday += ahead;
  }
  *to = (struct timespec){timegm(&r.tm) + r.seconds, r.nanoseconds};
  return 0;
}
