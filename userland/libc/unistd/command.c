/* system(3), popen(3): commands run by /bin/sh -c. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include "../start/syscall.h"
#include "../stdio/file.h"

/* waitpid that signals do not cut short; and no cancellation point, because there is something to be put back. */
static int wait_for(pid_t pid) {
  int status;
  long result;
  do result = __syscall4(pid, (long)&status, 0, 0, SYS_wait4);
  while (result == -EINTR);
  return __result(result) < 0 ? -1 : status;
}

int system(const char *command) {
  if (!command) return access("/bin/sh", X_OK) == 0;
  struct sigaction ignore = {.sa_handler = SIG_IGN}, interrupt, quit;
  sigset_t child, mask;
  sigemptyset(&child);
  sigaddset(&child, SIGCHLD);
  sigaction(SIGINT, &ignore, &interrupt);
  sigaction(SIGQUIT, &ignore, &quit);
  sigprocmask(SIG_BLOCK, &child, &mask);
  pid_t pid = fork();
  if (pid == 0) {
    sigaction(SIGINT, &interrupt, 0);
    sigaction(SIGQUIT, &quit, 0);
    sigprocmask(SIG_SETMASK, &mask, 0);
    execl("/bin/sh", "sh", "-c", command, (char *)0);
    _exit(127);
  }
  int status = pid < 0 ? -1 : wait_for(pid);
  sigaction(SIGINT, &interrupt, 0);
  sigaction(SIGQUIT, &quit, 0);
  sigprocmask(SIG_SETMASK, &mask, 0);
  return status;
}

FILE *popen(const char *command, const char *mode) {
  int fds[2], reading = *mode == 'r';
  if (*mode != 'r' && *mode != 'w') {
    errno = EINVAL;
    return 0;
  }
  if (pipe2(fds, O_CLOEXEC) < 0) return 0;
  int ours = reading ? fds[0] : fds[1], theirs = reading ? fds[1] : fds[0];
  pid_t pid = fork();
  if (pid == 0) {
    if (theirs == reading)
      fcntl(theirs, F_SETFD, 0);
    else
      dup2(theirs, reading);
    execl("/bin/sh", "sh", "-c", command, (char *)0);
    _exit(127);
  }
  close(theirs);
  FILE *file = pid < 0 ? 0 : fdopen(ours, mode);
  if (!file) {
    close(ours);
    return 0;
  }
  file->child = pid;
  return file;
}

int pclose(FILE *file) {
  pid_t pid = file->child;
  if (pid == 0) {
    errno = ECHILD;
    return -1;
  }
  fclose(file);
  return wait_for(pid);
}
