/*
 * What a child inherits: group, session, directory, mask, handlers, descriptors with their offset; and
 * what it does not: pending signals, its id. fork(2).
 */
#include "expect.h"
#include <fcntl.h>
#include <sys/stat.h>

static volatile int handled;
static void on_usr1(int signal) { handled = signal; }

int main(void) {
  signal(SIGUSR1, on_usr1);
  signal(SIGUSR2, SIG_IGN);
  sigset_t set, now;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGHUP);
  sigprocmask(SIG_BLOCK, &set, NULL);
  kill(getpid(), SIGTERM); /* pending here, and only here */
  mkdir("sub", 0700);
  if (chdir("sub") != 0) return 1;
  int file = open("shared", O_RDWR | O_CREAT, 0600);
  if (write(file, "0123456789", 10) != 10) return 1;
  lseek(file, 2, SEEK_SET);
  pid_t parent = getpid(), group = getpgrp(), session = getsid(0);
  umask(027);

  pid_t child = fork();
  if (child == 0) {
    char bytes[4] = {0};
    truth("another pid", getpid() != parent);
    truth("its parent", getppid() == parent);
    truth("same group and session", getpgrp() == group && getsid(0) == session);
    sigprocmask(SIG_BLOCK, NULL, &now);
    truth("mask inherited", sigismember(&now, SIGTERM) && sigismember(&now, SIGHUP) && !sigismember(&now, SIGINT));
    sigpending(&now);
    truth("nothing pending", !sigismember(&now, SIGTERM));
    kill(getpid(), SIGUSR1);
    kill(getpid(), SIGUSR2);
    truth("handler inherited", handled == SIGUSR1);
    outcome("same directory", access("../sub/shared", F_OK));
    number("reads", read(file, bytes, 3));
    say("offset is common: %s\n", bytes);
    number("umask inherited", umask(0));
    close(file); /* the child's descriptor only */
    _exit(0);
  }
  reap("child", child);
  number("parent's offset moved", lseek(file, 0, SEEK_CUR));
  truth("parent did not handle", handled == 0);
  sigpending(&now);
  truth("parent's signal is still pending", sigismember(&now, SIGTERM));
  number("parent's umask", umask(0));
  return 0;
}
