/*
 * What every conformance program says, and how: one line a fact, in one write(2),
 * so that lines of a parent and its children never mix and fork never copies a
 * half-full buffer. Errors, signals and statuses are printed by name; process ids,
 * addresses and times never are, so that two machines can say the same.
 */
#ifndef EXPECT_H
#define EXPECT_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PAGE 4096L

/* A printf whose result leaves in one write. */
__attribute__((format(printf, 1, 2))) static inline void say(const char *format, ...) {
  char line[512];
  va_list arguments;
  va_start(arguments, format);
  int length = vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  if (length > (int)sizeof line - 1) length = (int)sizeof line - 1;
  if (write(1, line, (size_t)length) != length) _exit(125);
}

struct named {
  int value;
  const char *name;
};

static inline const char *name_in(const struct named *names, int value) {
  for (; names->name; names++)
    if (names->value == value) return names->name;
  return "unnamed";
}

static inline const char *errno_name(int error) {
  static const struct named names[] = {
      {EPERM, "EPERM"},     {ENOENT, "ENOENT"},   {ESRCH, "ESRCH"},
      {EINTR, "EINTR"},     {EIO, "EIO"},         {ENXIO, "ENXIO"},
      {E2BIG, "E2BIG"},     {ENOEXEC, "ENOEXEC"}, {EBADF, "EBADF"},
      {ECHILD, "ECHILD"},   {EAGAIN, "EAGAIN"},   {ENOMEM, "ENOMEM"},
      {EACCES, "EACCES"},   {EFAULT, "EFAULT"},   {EBUSY, "EBUSY"},
      {EEXIST, "EEXIST"},   {EXDEV, "EXDEV"},     {ENODEV, "ENODEV"},
      {ENOTDIR, "ENOTDIR"}, {EISDIR, "EISDIR"},   {EINVAL, "EINVAL"},
      {ENFILE, "ENFILE"},   {EMFILE, "EMFILE"},   {ENOTTY, "ENOTTY"},
      {ETXTBSY, "ETXTBSY"}, {EFBIG, "EFBIG"},     {ENOSPC, "ENOSPC"},
      {ESPIPE, "ESPIPE"},   {EROFS, "EROFS"},     {EMLINK, "EMLINK"},
      {EPIPE, "EPIPE"},     {ERANGE, "ERANGE"},   {ENAMETOOLONG, "ENAMETOOLONG"},
      {ENOSYS, "ENOSYS"},   {ELOOP, "ELOOP"},     {ENOTEMPTY, "ENOTEMPTY"},
      {ETIMEDOUT, "ETIMEDOUT"}, {EOPNOTSUPP, "EOPNOTSUPP"}, {EOVERFLOW, "EOVERFLOW"},
      {0, "success"},
      {0, NULL}};
  return name_in(names, error);
}

static inline const char *signal_name(int signal) {
  static const struct named names[] = {
      {SIGHUP, "SIGHUP"},   {SIGINT, "SIGINT"},   {SIGQUIT, "SIGQUIT"}, {SIGILL, "SIGILL"},
      {SIGTRAP, "SIGTRAP"}, {SIGABRT, "SIGABRT"}, {SIGBUS, "SIGBUS"},   {SIGFPE, "SIGFPE"},
      {SIGKILL, "SIGKILL"}, {SIGUSR1, "SIGUSR1"}, {SIGSEGV, "SIGSEGV"}, {SIGUSR2, "SIGUSR2"},
      {SIGPIPE, "SIGPIPE"}, {SIGALRM, "SIGALRM"}, {SIGTERM, "SIGTERM"}, {SIGCHLD, "SIGCHLD"},
      {SIGCONT, "SIGCONT"}, {SIGSTOP, "SIGSTOP"}, {SIGTSTP, "SIGTSTP"}, {SIGTTIN, "SIGTTIN"},
      {SIGTTOU, "SIGTTOU"}, {0, NULL}};
  return name_in(names, signal);
}

/* A call whose value, when it succeeds, is no news. */
static inline void outcome(const char *what, long result) {
  say("%s: %s\n", what, result == -1 ? errno_name(errno) : "ok");
}

/* A call whose value is the news. */
static inline void number(const char *what, long result) {
  if (result == -1)
    say("%s: %s\n", what, errno_name(errno));
  else
    say("%s: %ld\n", what, result);
}

static inline void truth(const char *what, int holds) {
  say("%s: %s\n", what, holds ? "yes" : "no");
}

/* The status that wait4 stored. */
static inline void fate(const char *what, int status) {
  if (WIFEXITED(status))
    say("%s: exited %d\n", what, WEXITSTATUS(status));
  else if (WIFSIGNALED(status))
    say("%s: killed by %s\n", what, signal_name(WTERMSIG(status)));
  else if (WIFSTOPPED(status))
    say("%s: stopped by %s\n", what, signal_name(WSTOPSIG(status)));
  else if (WIFCONTINUED(status))
    say("%s: continued\n", what);
  else
    say("%s: unknown status\n", what);
}

/* Waits for one child and says what became of it. */
static inline void reap(const char *what, pid_t child) {
  int status = 0;
  if (waitpid(child, &status, 0) == child)
    fate(what, status);
  else
    outcome(what, -1);
}

static inline void pause_ms(long milliseconds) {
  struct timespec span = {milliseconds / 1000, milliseconds % 1000 * 1000000};
  nanosleep(&span, NULL);
}

/* An address where nothing is ever mapped, which the compiler does not see through. */
static inline void *nowhere(void) {
  void *volatile address = (void *)8;
  return address;
}

/* Whether the kernel can read a byte there: it copies it into a pipe, EFAULT otherwise. */
static inline int readable(const volatile void *address) {
  int ends[2];
  if (pipe(ends) != 0) _exit(124);
  int could = write(ends[1], (const void *)address, 1) == 1;
  close(ends[0]);
  close(ends[1]);
  return could;
}

/* Whether the kernel can write a byte there; if it can, the byte becomes 'k'. */
static inline int writable(volatile void *address) {
  int ends[2];
  if (pipe(ends) != 0 || write(ends[1], "k", 1) != 1) _exit(124);
  int could = read(ends[0], (void *)address, 1) == 1;
  close(ends[0]);
  close(ends[1]);
  return could;
}

/* A file of `length` bytes that count a..z, page p starting with the letter of p. */
static inline void make_letters(int fd, long length) {
  for (long at = 0; at < length; at++) {
    char letter = (char)('a' + (at % PAGE + at / PAGE) % 26);
    if (write(fd, &letter, 1) != 1) _exit(123);
  }
}

#endif
