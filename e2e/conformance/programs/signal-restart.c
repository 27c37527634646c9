/*
 * A read(2) interrupted by a handler fails with EINTR, or goes on with SA_RESTART; bytes that came are
 * not lost either way. signal(7): "Interruption of system calls".
 */
#include "expect.h"

static volatile int handled;
static void handler(int signal) {
  (void)signal;
  handled++;
}

static void with(const char *what, int flags) {
  struct sigaction action;
  int data[2];
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigaction(SIGUSR1, &action, NULL);
  if (pipe(data) != 0) _exit(1);
  handled = 0;
  pid_t child = fork();
  if (child == 0) {
    close(data[0]);
    pause_ms(60);
    kill(getppid(), SIGUSR1);
    pause_ms(60);
    _exit(write(data[1], "hello", 5) == 5 ? 0 : 1);
  }
  close(data[1]);
  char bytes[8] = {0};
  number(what, read(data[0], bytes, sizeof bytes));
  number("handled", handled);
  if (!bytes[0]) number("read again", read(data[0], bytes, sizeof bytes));
  say("got %s\n", bytes);
  close(data[0]);
  int status;
  waitpid(child, &status, 0);
  fate("child", status);
}

static void wait_with(const char *what, int flags) {
  struct sigaction action;
  int status = 0;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigaction(SIGUSR1, &action, NULL);
  handled = 0;
  pid_t child = fork();
  if (child == 0) {
    pause_ms(60);
    kill(getppid(), SIGUSR1);
    pause_ms(60);
    _exit(4);
  }
  outcome(what, waitpid(child, &status, 0));
  number("handled", handled);
  if (status == 0) reap("wait again", child);
}

int main(void) {
  with("read without SA_RESTART", 0);
  with("read with SA_RESTART", SA_RESTART);
  wait_with("wait without SA_RESTART", 0);
  wait_with("wait with SA_RESTART", SA_RESTART);
  return 0;
}
