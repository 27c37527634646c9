/*
 * SIGCHLD: one for each child that stops or ends; SA_NOCLDSTOP without the stops; SIG_IGN and SA_NOCLDWAIT
 * leave no zombies, so that wait finds nobody. sigaction(2), wait(2): NOTES.
 */
/* native-only: qemu-user does not pass SA_NOCLDSTOP and SA_NOCLDWAIT on to the host */
#include "expect.h"

static volatile int count;
static void handler(int signal) { count += signal == SIGCHLD; }

static void set(void (*to)(int), int flags) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = to;
  action.sa_flags = flags;
  sigaction(SIGCHLD, &action, NULL);
  count = 0;
}

static pid_t start(int stops) {
  pid_t child = fork();
  if (child == 0) {
    if (stops) kill(getpid(), SIGSTOP);
    _exit(3);
  }
  return child;
}

int main(void) {
  int status;
  set(handler, SA_RESTART);
  pid_t child = start(0);
  reap("child", child);
  number("one signal", count);
  child = start(1);
  waitpid(child, &status, WUNTRACED);
  number("one more for the stop", count);
  kill(child, SIGCONT);
  reap("child", child);
  truth("and more for what followed", count >= 3);

  set(handler, SA_RESTART | SA_NOCLDSTOP);
  child = start(1);
  waitpid(child, &status, WUNTRACED);
  fate("still reported to wait", status);
  number("no signal for the stop", count);
  kill(child, SIGCONT);
  reap("child", child);
  number("only for the end", count);

  set(SIG_IGN, 0);
  child = start(0);
  outcome("ignored: wait returns when all are gone", waitpid(child, &status, 0));
  outcome("the child is gone", kill(child, 0));
  set(handler, SA_RESTART | SA_NOCLDWAIT);
  child = start(0);
  outcome("SA_NOCLDWAIT: the same", waitpid(-1, &status, 0));
  number("with a signal", count);
  set(SIG_DFL, 0);
  child = start(0);
  reap("default: a zombie again", child);
  return 0;
}
