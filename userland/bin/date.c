/* date: the time now, or another one, in UTC. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include "tools/tool.h"
#include "tools/when.h"

static const char usage[] =
    "date [OPTION]... [+FORMAT]\n"
    "Prints the time, in UTC, as FORMAT says (strftime's letters, and %N for nanoseconds, %s for seconds since 1970).\n"
    "  -d TIME  another one: @SECONDS, '2024-05-06 07:08', yesterday, '3 days ago', 'next week'…\n"
    "  -r FILE  when FILE was changed     -f FILE  for each line of it\n"
    "  -s TIME  sets the clock            -u  UTC, as always\n"
    "  -I[UNIT]  as 2024-05-06 (date, hours, minutes, seconds, ns)   -R  as in mail   --rfc-3339=UNIT\n";

static const char *format = "%a %b %e %H:%M:%S %Z %Y";

/* strftime's, with %N and its width, %-d and the like, and %:z. */
static void put(struct timespec time) {
  struct tm tm;
  localtime_r(&time.tv_sec, &tm);
  for (const char *at = format; *at; at++) {
    if (*at != '%') {
      putchar(*at);
      continue;
    }
    char letter[4] = "%", text[256], flag = 0;
    const char *start = at++;
    while (*at && strchr("-_0^#", *at)) flag = *at++;
    char *end;
    int width = (int)strtol(at, &end, 10);
    at = end;
    int colons = (int)strspn(at, ":");
    at += colons;
    if (*at == 'E' || *at == 'O') at++;
    if (!*at) {
      fputs(start, stdout);
      break;
    }
    if (*at == 'N') {
      int digits = width > 0 && width < 9 ? width : 9;
      long value = time.tv_nsec;
      for (int drop = 9; drop > digits; drop--) value /= 10;
      printf("%0*ld", digits, value);
      continue;
    }
    if (*at == 'z' && colons) {
      fputs(colons == 1 ? "+00:00" : colons == 2 ? "+00:00:00" : "+00", stdout);
      continue;
    }
    if (*at == 'q') {
      printf("%d", tm.tm_mon / 3 + 1);
      continue;
    }
    letter[1] = *at;
    text[strftime(text, sizeof text, letter, &tm)] = 0;
    char *shown = text;
    if (flag == '-') shown += strspn(shown, "0 "), shown -= !*shown && shown > text;
    if (flag == '_')
      for (char *c = shown; c[0] == '0' && c[1]; c++) *c = ' ';
    if (flag == '0')
      for (char *c = shown; *c == ' '; c++) *c = '0';
    if (flag == '^')
      for (char *c = shown; *c; c++) *c = (char)(*c >= 'a' && *c <= 'z' ? *c - 32 : *c);
    if (flag == '#') /* letters of the other case; of names, capitals */
      for (char *c = shown; *c; c++) *c = (char)(*at == 'Z' || *at == 'p' ? (*c >= 'A' && *c <= 'Z' ? *c + 32 : *c) : *c >= 'a' && *c <= 'z' ? *c - 32 : *c);
    if (flag == '-') width = 0;
    int is_number = *shown >= '0' && *shown <= '9';
    for (int pad = width - (int)strlen(shown); pad > 0; pad--) putchar(is_number && flag != '_' ? '0' : ' ');
    fputs(shown, stdout);
  }
  putchar('\n');
}

static int show(const char *text, struct timespec now) {
  struct timespec time;
  if (when_parse(text, now, &time) < 0) return tool_complain("invalid date '%s'", text);
  put(time);
  return 0;
}

static void set_iso(const char *unit) {
  static const char *const units[][2] = {{"date", "%Y-%m-%d"}, {"hours", "%Y-%m-%dT%H%:z"}, {"minutes", "%Y-%m-%dT%H:%M%:z"},
                                         {"seconds", "%Y-%m-%dT%H:%M:%S%:z"}, {"ns", "%Y-%m-%dT%H:%M:%S,%N%:z"}};
  for (size_t at = 0; at < sizeof units / sizeof *units; at++)
    if (!unit || strncmp(unit, units[at][0], strlen(unit)) == 0) {
      format = units[at][1];
      return;
    }
  tool_complain("invalid argument '%s' for '--iso-8601'", unit);
  fputs("Valid arguments are:\n  - 'hours'\n  - 'minutes'\n  - 'date'\n  - 'seconds'\n  - 'ns'\n", stderr);
  tool_bad_usage();
}

static int each_line(const char *path, struct timespec now) {
  FILE *file = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
  if (!file) return tool_failed(path);
  char *line = 0;
  size_t room = 0;
  int status = 0;
  while (getline(&line, &room, file) > 0) {
    line[strcspn(line, "\n")] = 0;
    status |= show(line, now);
  }
  return status;
}

int main(int argc, char **argv) {
  static const struct option longs[] = {{"date", 1, 0, 'd'}, {"utc", 0, 0, 'u'}, {"universal", 0, 0, 'u'}, {"reference", 1, 0, 'r'},
      {"file", 1, 0, 'f'}, {"set", 1, 0, 's'}, {"iso-8601", 2, 0, 'I'}, {"rfc-email", 0, 0, 'R'}, {"rfc-3339", 1, 0, '3'}, {0, 0, 0, 0}};
  const char *text = 0, *reference = 0, *lines = 0, *set = 0;
  struct timespec now;
  tool_start(argc, argv, usage);
  /* Whose name is UTC: gmtime's is GMT. */
  setenv("TZ", "UTC0", 1);
  clock_gettime(CLOCK_REALTIME, &now);
  for (int option; (option = getopt_long(argc, argv, "ud:r:f:s:I::R", longs, 0)) != -1;) {
    switch (option) {
      case 'u': break;
      case 'd': text = optarg; break;
      case 'r': reference = optarg; break;
      case 'f': lines = optarg; break;
      case 's': set = optarg; break;
      case 'I': set_iso(optarg); break;
      case 'R': format = "%a, %d %b %Y %H:%M:%S %z"; break;
      case '3':
        format = *optarg == 'd' ? "%Y-%m-%d" : *optarg == 'n' ? "%Y-%m-%d %H:%M:%S.%N%:z" : "%Y-%m-%d %H:%M:%S%:z";
        break;
      default: tool_bad_usage();
    }
  }
  if (optind < argc) {
    if (argc - optind > 1) {
      tool_complain("extra operand '%s'", argv[optind + 1]);
      tool_bad_usage();
    }
    if (argv[optind][0] != '+') return tool_complain("invalid date '%s'", argv[optind]);
    format = argv[optind] + 1;
  }
  if (set) {
    struct timespec time;
    if (when_parse(set, now, &time) < 0) return tool_complain("invalid date '%s'", set);
    int status = clock_settime(CLOCK_REALTIME, &time) < 0 ? tool_failed("cannot set date") : 0;
    put(time);
    return tool_finish(status);
  }
  if (reference) {
    struct stat s;
    if (stat(reference, &s) < 0) return tool_failed(reference);
    put(s.st_mtim);
    return tool_finish(0);
  }
  if (lines) return tool_finish(each_line(lines, now));
  if (text) return tool_finish(show(text, now));
  put(now);
  return tool_finish(0);
}
