/*
 * Across execve handlers become default, ignored stays ignored, mask and pending signals stay.
 * execve(2); signal(7): "Signal dispositions".
 */
/* native-only: qemu-user hands execve to the host, which cannot run a riscv64 file by itself */
#include "expect.h"

static void handler(int signal) { (void)signal; }

static void show(const char *what, int signal) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  sigaction(signal, NULL, &action);
  say("%s %s: %s\n", what, signal_name(signal),
      action.sa_handler == SIG_DFL   ? "default"
      : action.sa_handler == SIG_IGN ? "ignored"
                                     : "handled");
}

static void show_all(const char *what) {
  sigset_t mask, pending;
  show(what, SIGUSR1);
  show(what, SIGUSR2);
  show(what, SIGHUP);
  sigprocmask(SIG_BLOCK, NULL, &mask);
  sigpending(&pending);
  say("%s blocked: SIGTERM %d SIGINT %d, pending: SIGTERM %d SIGINT %d\n", what, sigismember(&mask, SIGTERM),
      sigismember(&mask, SIGINT), sigismember(&pending, SIGTERM), sigismember(&pending, SIGINT));
}

int main(int argc, char **argv) {
  if (argc > 1) {
    show_all("after");
    sigset_t set;
    sigemptyset(&set);
    sigprocmask(SIG_SETMASK, &set, NULL); /* the pending SIGTERM arrives */
    say("not reached\n");
    return 0;
  }
  signal(SIGUSR1, handler);
  signal(SIGUSR2, SIG_IGN);
  pid_t child = fork();
  if (child == 0) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigprocmask(SIG_BLOCK, &set, NULL);
    kill(getpid(), SIGTERM);
    show_all("before");
    char *arguments[] = {"x", "after", NULL}, *environment[] = {NULL};
    execve(argv[0], arguments, environment);
    _exit(1);
  }
  reap("child", child);
  return 0;
}
