/*
 * What wait tells of a child: the low eight bits of its status, or the signal that ended it.
 * wait(2): WIFEXITED, WEXITSTATUS, WIFSIGNALED, WTERMSIG; exit(3): "status & 0xFF".
 */
#include "expect.h"

static void ends_by(const char *what, int status, int by_signal) {
  pid_t child = fork();
  if (child == 0) {
    if (by_signal) kill(getpid(), by_signal);
    _exit(status);
  }
  reap(what, child);
}

int main(void) {
  ends_by("0", 0, 0);
  ends_by("7", 7, 0);
  ends_by("255", 255, 0);
  ends_by("256", 256, 0);
  ends_by("256 + 9", 265, 0);
  ends_by("-1", -1, 0);
  ends_by("SIGTERM", 0, SIGTERM);
  ends_by("SIGKILL", 0, SIGKILL);
  ends_by("SIGHUP", 0, SIGHUP);
  ends_by("SIGUSR1", 0, SIGUSR1);
  ends_by("SIGPIPE", 0, SIGPIPE);
  ends_by("SIGALRM", 0, SIGALRM);
  ends_by("SIGCHLD is ignored by default", 3, SIGCHLD);
  ends_by("SIGCONT too", 4, SIGCONT);
  ends_by("SIGURG too", 5, SIGURG);
  ends_by("SIGWINCH too", 6, SIGWINCH);

  pid_t child = fork();
  if (child == 0) abort();
  reap("abort", child);
  child = fork();
  if (child == 0) exit(11);
  reap("exit runs to the end", child);
  child = fork();
  if (child == 0) *(volatile char *)nowhere() = 1;
  reap("bad store", child);

  int status;
  child = fork();
  if (child == 0) _exit(0x12);
  waitpid(child, &status, 0);
  say("raw status of exit: %#x\n", status);
  child = fork();
  if (child == 0) kill(getpid(), SIGTERM);
  waitpid(child, &status, 0);
  say("raw status of SIGTERM: %#x\n", status);
  return 42;
}
