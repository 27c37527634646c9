/* sigabbrev_np(3), sig2str, str2sig (POSIX.1-2024): signals by name. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char names[][7] = {
    "",     "HUP",  "INT",    "QUIT", "ILL",  "TRAP", "ABRT", "BUS",  "FPE",  "KILL",   "USR1",
    "SEGV", "USR2", "PIPE",   "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN",
    "TTOU", "URG",  "XCPU",   "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
};
enum { NAMES = sizeof names / sizeof *names };

const char *sigabbrev_np(int signal) { return signal > 0 && signal < NAMES ? names[signal] : 0; }

int sig2str(int number, char *name) {
  const char *text = sigabbrev_np(number);
  if (text) strcpy(name, text);
  else if (number == SIGRTMIN) strcpy(name, "RTMIN");
  else if (number == SIGRTMAX) strcpy(name, "RTMAX");
  else if (number > SIGRTMIN && number < SIGRTMAX) sprintf(name, "RTMIN+%d", number - SIGRTMIN);
  else return -1;
  return 0;
}

int str2sig(const char *restrict name, int *restrict number) {
  char *end;
  long value = strtol(name, &end, 10);
  if (end != name && *end == 0) {
    if (value < 1 || value > SIGRTMAX) return -1;
    *number = (int)value;
    return 0;
  }
  for (int at = 1; at < NAMES; at++)
    if (strcmp(names[at], name) == 0) {
      *number = at;
      return 0;
    }
  int is_min = strncmp(name, "RTMIN", 5) == 0;
  if (!is_min && strncmp(name, "RTMAX", 5) != 0) return -1;
  long offset = name[5] == (is_min ? '+' : '-') ? strtol(name + 5, &end, 10) : 0;
  if (name[5] && (*end || end == name + 5)) return -1;
  long signal = (is_min ? SIGRTMIN : SIGRTMAX) + offset;
  if (signal < SIGRTMIN || signal > SIGRTMAX) return -1;
  *number = (int)signal;
  return 0;
}
