/* The exec family (exec(3)): the search in PATH and the lists of arguments, around execve(2). */
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "../start/syscall.h"

#define ARGUMENTS_MAX 256 /* of the l variants, whose lists are written out in source */

int execve(const char *path, char *const arguments[], char *const environment[]) {
  return (int)__result(__syscall3((long)path, (long)arguments, (long)environment, SYS_execve));
}

int execv(const char *path, char *const arguments[]) { return execve(path, arguments, environ); }

/* A file that is executable and no ELF is a script for sh, POSIX says. */
static void execute(const char *path, char *const arguments[], char *const environment[]) {
  execve(path, arguments, environment);
  if (errno != ENOEXEC) return;
  size_t count = 0;
  while (arguments[count]) count++;
  char **script = __builtin_alloca((count + 2) * sizeof *script);
  script[0] = "sh";
  script[1] = (char *)path;
  for (size_t i = 1; i <= count; i++) script[i + 1] = arguments[i];
  if (count == 0) script[2] = 0;
  execve("/bin/sh", script, environment);
  errno = ENOEXEC;
}

int execvpe(const char *file, char *const arguments[], char *const environment[]) {
  if (!*file) {
    errno = ENOENT;
    return -1;
  }
  if (strchr(file, '/')) {
    execute(file, arguments, environment);
    return -1;
  }
  const char *path = getenv("PATH");
  if (!path) path = "/bin:/usr/bin";
  int denied = 0;
  for (;;) {
    char candidate[PATH_MAX];
    size_t length = strcspn(path, ":");
    if (length + strlen(file) + 2 <= sizeof candidate) {
      memcpy(candidate, path, length);
      if (length > 0) candidate[length++] = '/';
      strcpy(candidate + length, file);
      execute(candidate, arguments, environment);
      if (errno == EACCES)
        denied = 1;
      else if (errno != ENOENT && errno != ENOTDIR)
        return -1;
    }
    path += strcspn(path, ":");
    if (!*path++) break;
  }
  errno = denied ? EACCES : ENOENT;
  return -1;
}

int execvp(const char *file, char *const arguments[]) {
  return execvpe(file, arguments, environ);
}

/* Gathers the list that follows `first` into `to`; the null that ends it is stored too. */
static int gather(char *to[], const char *first, va_list *list) {
  to[0] = (char *)first;
  for (int count = 1; count < ARGUMENTS_MAX; count++) {
    to[count] = to[count - 1] ? va_arg(*list, char *) : 0;
    if (!to[count]) return 0;
  }
  errno = E2BIG;
  return -1;
}

int execl(const char *path, const char *argument, ...) {
  char *arguments[ARGUMENTS_MAX];
  va_list list;
  va_start(list, argument);
  int result = gather(arguments, argument, &list);
  va_end(list);
  return result < 0 ? -1 : execv(path, arguments);
}

int execlp(const char *file, const char *argument, ...) {
  char *arguments[ARGUMENTS_MAX];
  va_list list;
  va_start(list, argument);
  int result = gather(arguments, argument, &list);
  va_end(list);
  return result < 0 ? -1 : execvp(file, arguments);
}

int execle(const char *path, const char *argument, ...) {
  char *arguments[ARGUMENTS_MAX];
  va_list list;
  va_start(list, argument);
  int result = gather(arguments, argument, &list);
  char **environment = va_arg(list, char **);
  va_end(list);
  return result < 0 ? -1 : execve(path, arguments, environment);
}
