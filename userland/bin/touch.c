/* touch: sets a file's times, and creates it if it is missing (unless -c). */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "tools/tool.h"

static const char usage[] =
    "touch [-acm] [-r FILE] [-d TIME] [-t [[CC]YY]MMDDhhmm[.ss]] FILE...\n"
    "Sets the times of files to now, to those of another file, or to TIME (@SECONDS, YYYY-MM-DD [hh:mm[:ss]]); creates missing\n"
    "ones, but not with -c. -a only the time of access, -m only that of change.\n";

static struct timespec times[2] = {{0, UTIME_NOW}, {0, UTIME_NOW}};

static void set_both(time_t seconds) { times[0] = times[1] = (struct timespec){seconds, 0}; }

static int parse_date(const char *text) {
  struct tm tm = {.tm_mday = 1};
  int used = 0;
  char *end;
  if (*text == '@') {
    set_both(strtol(text + 1, &end, 10));
    return end > text + 1 && !*end;
  }
  int got = sscanf(text, "%4d-%2d-%2d%n", &tm.tm_year, &tm.tm_mon, &tm.tm_mday, &used);
  if (got != 3) return 0;
  text += used;
  if (*text == ' ' || *text == 'T') {
    used = 0;
    if (sscanf(text + 1, "%2d:%2d%n", &tm.tm_hour, &tm.tm_min, &used) != 2) return 0;
    text += 1 + used;
    if (*text == ':' && sscanf(text + 1, "%2d%n", &tm.tm_sec, &used) == 1) text += 1 + used;
  }
  tm.tm_year -= 1900;
  tm.tm_mon--;
  set_both(timegm(&tm));
  return *text == 0 || strcmp(text, "Z") == 0;
}

static int two_digits(const char **at) {
  int value = ((*at)[0] - '0') * 10 + (*at)[1] - '0';
  *at += 2;
  return value;
}

/* [[CC]YY]MMDDhhmm[.ss] */
static int parse_stamp(const char *text) {
  time_t now = time(0);
  struct tm tm;
  gmtime_r(&now, &tm);
  size_t digits = strspn(text, "0123456789");
  const char *at = text;
  if (digits != 8 && digits != 10 && digits != 12) return 0;
  if (digits == 12) {
    tm.tm_year = two_digits(&at) * 100 - 1900;
    tm.tm_year += two_digits(&at);
  } else if (digits == 10) {
    int year = two_digits(&at);
    tm.tm_year = year < 69 ? year + 100 : year;
  }
  tm.tm_mon = two_digits(&at) - 1;
  tm.tm_mday = two_digits(&at);
  tm.tm_hour = two_digits(&at);
  tm.tm_min = two_digits(&at);
  tm.tm_sec = 0;
  if (*at == '.' && isdigit((unsigned char)at[1]) && isdigit((unsigned char)at[2])) {
    at++;
    tm.tm_sec = two_digits(&at);
  }
  set_both(timegm(&tm));
  return *at == 0;
}

int main(int argc, char **argv) {
  int create = 1, status = 0, which = 3; /* 1: access, 2: change */
  struct stat s;
  tool_start(argc, argv, usage);
  for (int option; (option = getopt(argc, argv, "acmr:d:t:")) != -1;) {
    switch (option) {
      case 'c': create = 0; break;
      case 'a':
      case 'm': which = option == 'a' ? 1 : 2; break;
      case 'r':
        if (stat(optarg, &s) < 0) {
          char text[300];
          snprintf(text, sizeof text, "failed to get attributes of '%.256s'", optarg);
          return tool_failed(text);
        }
        times[0] = s.st_atim;
        times[1] = s.st_mtim;
        break;
      case 'd':
        if (!parse_date(optarg)) return tool_complain("invalid date format '%s'", optarg);
        break;
      case 't':
        if (!parse_stamp(optarg)) return tool_complain("invalid date format '%s'", optarg);
        break;
      default: tool_bad_usage(1);
    }
  }
  if (optind == argc) {
    tool_complain("missing file operand");
    tool_bad_usage(1);
  }
  if (!(which & 1)) times[0].tv_nsec = UTIME_OMIT;
  if (!(which & 2)) times[1].tv_nsec = UTIME_OMIT;
  for (; optind < argc; optind++) {
    if (utimensat(AT_FDCWD, argv[optind], times, 0) == 0) continue;
    int fd = -1;
    if (errno == ENOENT && !create) continue;
    if (errno == ENOENT && (fd = open(argv[optind], O_WRONLY | O_CREAT, 0666)) >= 0) futimens(fd, times);
    char text[300];
    snprintf(text, sizeof text, "cannot touch '%.256s'", argv[optind]);
    if (fd < 0) status = tool_failed(text);
    else close(fd);
  }
  return status;
}
