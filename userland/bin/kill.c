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
    "kill [-SIGNAL | -s SIGNAL] PID...\n"
    "       kill -l [NUMBER]\n"
    "Sends SIGNAL (a name or number, TERM if none is given); -PID is the process group PID. -l lists the signals.\n";

static const char *const names[] = {
    "EXIT", "HUP",  "INT",  "QUIT",   "ILL",  "TRAP", "ABRT", "BUS",  "FPE",  "KILL", "USR1",
    "SEGV", "USR2", "PIPE", "ALRM",   "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN",
    "TTOU", "URG",  "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO",  "PWR",  "SYS",
};
#define NAMES (int)(sizeof names / sizeof *names)

static int signal_number(const char *text) {
  if (isdigit((unsigned char)*text)) return (int)tool_number(text, 10, SIGRTMAX, "signal");
  const char *name = strncasecmp(text, "SIG", 3) == 0 ? text + 3 : text;
  for (int i = 0; i < NAMES; i++)
    if (strcasecmp(names[i], name) == 0) return i;
  tool_complain("%s: invalid signal specification", text);
  exit(1);
}

static int list(const char *which) {
  if (which) {
    int number = signal_number(which);
    if (isdigit((unsigned char)*which)) {
      if (number > 128) number -= 128; /* an exit status of a killed process */
      if (number < NAMES) puts(names[number]);
    } else {
      printf("%d\n", number);
    }
    return 0;
  }
  for (int i = 1; i < NAMES; i++) printf("%2d) SIG%-8s%s", i, names[i], i % 5 == 0 || i == NAMES - 1 ? "\n" : " ");
  return 0;
}

int main(int argc, char **argv) {
  int number = SIGTERM, at = 1, status = 0;
  tool_start(argc, argv, usage);
  if (at < argc && argv[at][0] == '-' && argv[at][1]) {
    const char *option = argv[at++] + 1;
    if (strcmp(option, "l") == 0) return tool_finish(list(argv[at]));
    if (strcmp(option, "s") == 0 && at < argc) number = signal_number(argv[at++]);
    else if (strcmp(option, "-") != 0) number = signal_number(option);
  }
  if (at < argc && strcmp(argv[at], "--") == 0) at++;
  if (at == argc) {
    tool_complain("no process given");
    tool_bad_usage(1);
  }
  for (; at < argc; at++) {
    char *end;
    long pid = strtol(argv[at], &end, 10);
    if (end == argv[at] || *end || pid != (int)pid) {
      status = tool_complain("%s: arguments must be process numbers", argv[at]);
    } else if (kill((pid_t)pid, number) < 0) {
      char text[32];
      snprintf(text, sizeof text, "(%ld)", pid);
      status = tool_failed(text);
    }
  }
  return status;
}
