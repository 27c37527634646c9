/* touch: sets a file's times, and creates it if it is missing (unless -c). */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include "tools/tool.h"
#include "tools/when.h"

static const char usage[] =
    "touch [-achm] [-r FILE] [-d TIME] [-t [[CC]YY]MMDDhhmm[.ss]] FILE...\n"
    "Sets the times of files to now, to those of another file, or to TIME (as date's -d: @SECONDS, '2024-05-06 07:08'); creates missing\n"
    "ones, but not with -c. -a only the time of access, -m only that of change.\n";

static struct timespec times[2] = {{0, UTIME_NOW}, {0, UTIME_NOW}};

static void set_both(time_t seconds) { times[0] = times[1] = (struct timespec){seconds, 0}; }

/* Relative to what -r has set, as GNU's. */
static int parse_date(const char *text) {
  struct timespec now = times[1], time;
  if (now.tv_nsec == UTIME_NOW) clock_gettime(CLOCK_REALTIME, &now);
  if (when_parse(text, now, &time) < 0) return 0;
  times[0] = times[1] = time;
  return 1;
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
  localtime_r(&now, &tm);
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
  tm.tm_isdst = -1;
  if (*at == '.' && isdigit((unsigned char)at[1]) && isdigit((unsigned char)at[2])) {
    at++;
    tm.tm_sec = two_digits(&at);
  }
  int second = tm.tm_sec;
  tm.tm_sec = 0;
  struct tm wanted = tm;
  set_both(mktime(&tm) + second);
  /* What mktime has carried over was no date. */
  return *at == 0 && wanted.tm_mon == tm.tm_mon && wanted.tm_mday == tm.tm_mday && wanted.tm_hour == tm.tm_hour && wanted.tm_min == tm.tm_min;
}

int main(int argc, char **argv) {
  const char *date = 0;
  int create = 1, status = 0, which = 3, follow = 0; /* 1: access, 2: change */
  struct stat s;
  tool_start(argc, argv, usage);
  for (int option; (option = tool_option(argc, argv, "ac(no-create)mh(no-dereference)fr:(reference)d:(date)t:\1:(time)")) != -1;) {
    switch (option) {
      case 'c': create = 0; break;
      case 'h':
        create = 0;
        follow = AT_SYMLINK_NOFOLLOW;
        break;
      case 'f': break;
      case 1: {
        int access = strcmp(optarg, "atime") == 0 || strcmp(optarg, "access") == 0 || strcmp(optarg, "use") == 0;
        if (!access && strcmp(optarg, "mtime") && strcmp(optarg, "modify")) {
          tool_complain("invalid argument '%s' for '--time'", optarg);
          fputs("Valid arguments are:\n  - 'atime', 'access', 'use'\n  - 'mtime', 'modify'\n", stderr);
          tool_bad_usage();
        }
        which = which == 3 ? 2 - access : which | (2 - access);
        break;
      }
      case 'a':
      case 'm': which = which == 3 ? (option == 'a' ? 1 : 2) : which | (option == 'a' ? 1 : 2); break;
      case 'r':
        if (stat(optarg, &s) < 0) {
          char text[300];
          snprintf(text, sizeof text, "failed to get attributes of '%.256s'", optarg);
          return tool_failed(text);
        }
        times[0] = s.st_atim;
        times[1] = s.st_mtim;
        break;
      case 'd': date = optarg; break;
      case 't':
        if (!parse_stamp(optarg)) return tool_complain("invalid date format '%s'", optarg);
        break;
    }
  }
  if (date && !parse_date(date)) return tool_complain("invalid date format '%s'", date);
  if (optind == argc) {
    tool_complain("missing file operand");
    tool_bad_usage();
  }
  if (!(which & 1)) times[0].tv_nsec = UTIME_OMIT;
  if (!(which & 2)) times[1].tv_nsec = UTIME_OMIT;
  for (; optind < argc; optind++) {
    if (utimensat(AT_FDCWD, argv[optind], times, follow) == 0) continue;
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
