/* strerror(3), strsignal(3): Linux's texts. The texts of errors come from kernel/abi. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The texts one after another, from error 0 on: a table of pointers would cost as much again. */
static const char errors[] = "Success\0"
#define ERROR(number, text) text "\0"
#include <bits/errno-texts.h>
#undef ERROR
    ;

static const char *const signals[] = {
    "", "Hangup", "Interrupt", "Quit", "Illegal instruction", "Trace/breakpoint trap",
    "Aborted", "Bus error", "Floating point exception", "Killed", "User defined signal 1",
    "Segmentation fault", "User defined signal 2", "Broken pipe", "Alarm clock", "Terminated",
    "Stack fault", "Child exited", "Continued", "Stopped (signal)", "Stopped", "Stopped (tty input)",
    "Stopped (tty output)", "Urgent I/O condition", "CPU time limit exceeded",
    "File size limit exceeded", "Virtual timer expired", "Profiling timer expired", "Window changed",
    "I/O possible", "Power failure", "Bad system call",
};

static char unknown[32];

char *strerror(int number) {
  int error = number;
  const char *text = errors;
  if (error >= 0) {
    for (; *text && error > 0; error--) text += strlen(text) + 1;
    if (*text) return (char *)text;
  }
  snprintf(unknown, sizeof unknown, "Unknown error %d", number);
  return unknown;
}

int strerror_r(int error, char *buffer, size_t size) {
  const char *text = strerror(error);
  return strlcpy(buffer, text, size) < size ? 0 : ERANGE;
}

char *strsignal(int signal) {
  if (signal > 0 && (size_t)signal < sizeof signals / sizeof *signals) return (char *)signals[signal];
  if (signal >= SIGRTMIN && signal <= SIGRTMAX)
    snprintf(unknown, sizeof unknown, "Real-time signal %d", signal - SIGRTMIN);
  else
    snprintf(unknown, sizeof unknown, "Unknown signal %d", signal);
  return unknown;
}

void psignal(int number, const char *prefix) {
  const char *separator = prefix && *prefix ? ": " : "";
  dprintf(2, "%s%s%s\n", prefix ? prefix : "", separator, strsignal(number));
}
