/* Local time (tzset(3)): the variable TZ in POSIX's form, NAME OFFSET [NAME [OFFSET] [,RULE,RULE]]. There is no database of zones,
   so another form means UTC. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "../thread/thread.h"
#include "zone.h"

#define DAY 86400L
#define NAME_SIZE 16

/* When summer begins or ends: in seconds behind the midnight of a day that is the `day`-th weekday (from Sunday) of the `week`-th
   week (5: the last) of a month, or the day of a year, in which the 29th of February counts or not. */
struct rule {
  enum { OF_MONTH, COUNTED, UNCOUNTED } kind;
  int month, week, day;
  long seconds;
};

static struct {
  char names[2][NAME_SIZE];
  long offsets[2]; /* east of Greenwich */
  int has_summer;
  struct rule begins, ends;
} zone;
static char *read_from; /* TZ's value when it was read */
static int lock;

char *tzname[2] = {"UTC", "UTC"};
long timezone;
int daylight;

static const char *read_name(const char *at, char *to) {
  size_t length;
  int is_quoted = *at == '<';
  if (is_quoted) length = strcspn(++at, ">");
  else
    for (length = 0; isalpha((unsigned char)at[length]);) length++;
  if (length < 3 || length >= NAME_SIZE || (is_quoted && at[length] != '>')) return 0;
  memcpy(to, at, length);
  to[length] = 0;
  return at + length + is_quoted;
}

static const char *read_number(const char *at, int least, int most, int *to) {
  int value = 0;
  if (!isdigit((unsigned char)*at)) return 0;
  for (; isdigit((unsigned char)*at) && value <= most; at++) value = value * 10 + *at - '0';
  *to = value;
  return value < least || value > most ? 0 : at;
}

/* [+|-]hh[:mm[:ss]] */
static const char *read_time(const char *at, int most, long *to) {
  int sign = *at == '-' ? -1 : 1, hours, minutes = 0, seconds = 0;
  if (*at == '-' || *at == '+') at++;
  if (!(at = read_number(at, 0, most, &hours))) return 0;
  if (*at == ':' && !(at = read_number(at + 1, 0, 59, &minutes))) return 0;
  if (*at == ':' && !(at = read_number(at + 1, 0, 59, &seconds))) return 0;
  *to = sign * (hours * 3600L + minutes * 60L + seconds);
  return at;
}

static const char *read_rule(const char *at, struct rule *rule) {
  if (*at++ != ',') return 0;
  rule->kind = *at == 'M' ? OF_MONTH : *at == 'J' ? UNCOUNTED : COUNTED;
  at += rule->kind != COUNTED;
  if (rule->kind == OF_MONTH) {
    if (!(at = read_number(at, 1, 12, &rule->month)) || *at++ != '.') return 0;
    if (!(at = read_number(at, 1, 5, &rule->week)) || *at++ != '.') return 0;
    at = read_number(at, 0, 6, &rule->day);
  } else {
    at = read_number(at, rule->kind == UNCOUNTED, 365, &rule->day);
  }
  rule->seconds = 2 * 3600;
  return at && *at == '/' ? read_time(at + 1, 167, &rule->seconds) : at;
}

static int read_zone(const char *at) {
  long west;
  if (!(at = read_name(at, zone.names[0])) || !(at = read_time(at, 24, &west))) return 0;
  zone.offsets[0] = -west;
  if (!*at) return 1;
  if (!(at = read_name(at, zone.names[1]))) return 0;
  zone.has_summer = 1;
  zone.offsets[1] = zone.offsets[0] + 3600;
  if (*at && *at != ',') {
    if (!(at = read_time(at, 24, &west))) return 0;
    zone.offsets[1] = -west;
  }
  if (!*at) at = ",M3.2.0,M11.1.0"; /* as in the United States, which glibc assumes too */
  return (at = read_rule(at, &zone.begins)) && (at = read_rule(at, &zone.ends)) && !*at;
}

static void read_variable(void) {
  const char *value = getenv("TZ");
  if (!value) value = "";
  if (read_from && strcmp(read_from, value) == 0) return;
  free(read_from);
  read_from = strdup(value);
  memset(&zone, 0, sizeof zone);
  if (!read_zone(value + (*value == ':'))) {
    memset(&zone, 0, sizeof zone);
    strcpy(zone.names[0], "UTC");
  }
  if (!zone.has_summer) strcpy(zone.names[1], zone.names[0]);
  tzname[0] = zone.names[0];
  tzname[1] = zone.names[1];
  timezone = -zone.offsets[0];
  daylight = zone.has_summer;
}

void tzset(void) {
  __lock(&lock);
  read_variable();
  __unlock(&lock);
}

/* Seconds from the epoch to what the rule says of the year, as a clock shows it. */
static long moment(const struct rule *rule, long year) {
  long first = __days_to(year, 0, 1), day = first + rule->day;
  if (rule->kind == UNCOUNTED) {
    int is_leap = __days_to(year, 2, 1) - first == 60;
    day += rule->day >= 60 && is_leap ? 0 : -1;
  } else if (rule->kind == OF_MONTH) {
    long month = __days_to(year, rule->month - 1, 1), next = __days_to(year, rule->month, 1);
    long weekday = ((month + 4) % 7 + 7) % 7;
    day = month + (rule->day - weekday + 7) % 7 + (rule->week - 1) * 7;
    while (day >= next) day -= 7;
  }
  return day * DAY + rule->seconds;
}

long __offset_of(int is_summer) { return zone.offsets[is_summer && zone.has_summer]; }

long __offset_at(time_t time, int *is_summer) {
  *is_summer = 0;
  if (zone.has_summer) {
    struct tm local;
    __break_down(time + zone.offsets[0], &local);
    long year = local.tm_year + 1900L;
    long begins = moment(&zone.begins, year) - zone.offsets[0], ends = moment(&zone.ends, year) - zone.offsets[1];
    *is_summer = begins < ends ? time >= begins && time < ends : time >= begins || time < ends;
  }
  return zone.offsets[*is_summer];
}
