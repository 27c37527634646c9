/* kill: sends a signal to processes (negative numbers: to process groups). */
#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include "tools/tool.h"

static const char usage[] =
    "kill [-SIGNAL | -s SIGNAL] [-q VALUE] PID...\n"
    "       kill -l [NUMBER|NAME] | -L\n"
    "Sends SIGNAL (a name or number, TERM if none is given); -PID is the process group PID; -q: with a value, as sigqueue(3).\n"
    "-l and -L list the signals.\n";

static int signal_number(const char *text) {
  int number;
  char name[16];
  const char *from = strncasecmp(text, "SIG", 3) == 0 ? text + 3 : text;
  size_t size = 0;
  for (; from[size] && size < sizeof name - 1; size++) name[size] = (char)toupper((unsigned char)from[size]);
  name[size] = 0;
  if (strcmp(name, "0") == 0 || strcmp(name, "EXIT") == 0) return 0;
  if (strcmp(name, "POLL") == 0) return SIGIO;
  if (str2sig(name, &number) == 0) return number;
  tool_complain("unknown signal name %s", text);
  exit(1);
}

/* What procps's calls a signal: its list has POLL for IO. */
static void name_of(int number, char name[SIG2STR_MAX]) {
  if (number == SIGIO) strcpy(name, "POLL");
  else sig2str(number, name);
}

static int list(const char *which) {
  char name[SIG2STR_MAX];
  if (which) {
    if (!isdigit((unsigned char)*which)) {
      printf("%d\n", signal_number(which));
      return 0;
    }
    int number = (int)tool_number(which, 10, 256, "signal");
    if (number > 128) number -= 128; /* an exit status of a killed process */
    if (number == 0) puts("EXIT");
    else if (sig2str(number, name) == 0) puts(name);
    else return tool_complain("unknown signal name %s", which);
    return 0;
  }
  int column = 0;
  for (int number = 1; number <= SIGSYS; number++) {
    name_of(number, name);
    int size = (int)strlen(name);
    if (column && column + 1 + size > 78) putchar('\n'), column = 0;
    column += printf(column ? " %s" : "%s", name);
  }
  putchar('\n');
  return 0;
}

static int table(void) {
  char name[SIG2STR_MAX];
  for (int number = 1; number <= SIGSYS; number++) {
    name_of(number, name);
    int ends = number % 7 == 0 || number == SIGSYS;
    printf(ends ? "%2d %s\n" : "%2d %-8s", number, name);
  }
  return 0;
}

/* The value of an option: behind it, or the next argument. */
static const char *value_of(char **argv, int *at, const char *rest, const char *option) {
  if (*rest == '=') return rest + 1;
  if (*rest) return rest;
  if (argv[*at]) return argv[(*at)++];
  tool_complain("option requires an argument -- '%s'", option);
  tool_bad_usage();
}

int main(int argc, char **argv) {
  int number = SIGTERM, at = 1, status = 0, queues = 0, is_chosen = 0;
  union sigval value = {0};
  tool_start(argc, argv, usage);
  for (; at < argc && argv[at][0] == '-' && argv[at][1] && strcmp(argv[at], "--");) {
    const char *option = argv[at++] + 1, *what = option;
    if (strncmp(option, "-list", 5) == 0) return tool_finish(list(option[5] == '=' ? option + 6 : argv[at]));
    if (strcmp(option, "-table") == 0 || strcmp(option, "L") == 0) return tool_finish(table());
    if (*option == 'l') return tool_finish(list(option[1] ? option + 1 : argv[at]));
    if (strncmp(option, "-signal", 7) == 0) number = signal_number(value_of(argv, &at, option + 7, "signal"));
    else if (strncmp(option, "-queue", 6) == 0) queues = 1, what = value_of(argv, &at, option + 6, "queue");
    else if (*option == 'q') queues = 1, what = value_of(argv, &at, option + 1, "q");
    else if (strcmp(option, "s") == 0) number = signal_number(value_of(argv, &at, option + 1, "s"));
    else if (isdigit((unsigned char)*option) && is_chosen) {
      at--; /* a second number is a process group */
      break;
    } else number = signal_number(option);
    is_chosen |= *option != 'q' && strncmp(option, "-queue", 6);
    if (queues && what != option) value.sival_int = (int)strtol(what, 0, 0);
  }
  if (at < argc && strcmp(argv[at], "--") == 0) at++;
  if (at == argc) {
    tool_complain("no process given");
    tool_bad_usage();
  }
  for (; at < argc; at++) {
    char *end;
    long pid = strtol(argv[at], &end, 10);
    if (end == argv[at] || *end || pid != (int)pid) {
      status = tool_complain("failed to parse argument: '%s'", argv[at]);
    } else if ((queues ? sigqueue((pid_t)pid, number, value) : kill((pid_t)pid, number)) < 0) {
      char text[32];
      snprintf(text, sizeof text, "(%ld)", pid);
      status = tool_failed(text);
    }
  }
  return status;
}
