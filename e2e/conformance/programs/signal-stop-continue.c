/*
 * SIGCONT throws pending stops away and stops throw a pending SIGCONT away; SIGCONT continues even when it
 * is blocked or handled; SIGTSTP can be handled, SIGSTOP cannot. signal(7); kill(2).
 */
#include "expect.h"

static void handler(int signal) { say("handled %s\n", signal_name(signal)); }

int main(void) {
  sigset_t set, pending;
  int status;
  sigemptyset(&set);
  sigaddset(&set, SIGTSTP);
  sigaddset(&set, SIGCONT);
  sigprocmask(SIG_BLOCK, &set, NULL);
  raise(SIGTSTP);
  sigpending(&pending);
  say("pending: TSTP %d CONT %d\n", sigismember(&pending, SIGTSTP), sigismember(&pending, SIGCONT));
  raise(SIGCONT);
  sigpending(&pending);
  say("after CONT: TSTP %d CONT %d\n", sigismember(&pending, SIGTSTP), sigismember(&pending, SIGCONT));
  signal(SIGCONT, handler);
  raise(SIGCONT);
  sigpending(&pending);
  say("handled CONT waits: TSTP %d CONT %d\n", sigismember(&pending, SIGTSTP), sigismember(&pending, SIGCONT));
  raise(SIGTSTP);
  sigpending(&pending);
  say("after TSTP: TSTP %d CONT %d\n", sigismember(&pending, SIGTSTP), sigismember(&pending, SIGCONT));
  raise(SIGCONT);
  sigprocmask(SIG_UNBLOCK, &set, NULL);

  pid_t child = fork();
  if (child == 0) {
    setpgid(0, 0); /* SIGTSTP does not stop a group that is orphaned, and ours may be */
    sigprocmask(SIG_BLOCK, &set, NULL);
    kill(getpid(), SIGSTOP);
    say("runs although CONT is blocked\n");
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    signal(SIGTSTP, handler);
    raise(SIGTSTP);
    signal(SIGTSTP, SIG_IGN);
    raise(SIGTSTP);
    say("neither handled nor ignored TSTP stops\n");
    signal(SIGTSTP, SIG_DFL);
    raise(SIGTSTP);
    _exit(7);
  }
  waitpid(child, &status, WUNTRACED);
  fate("child", status);
  kill(child, SIGCONT);
  waitpid(child, &status, WUNTRACED);
  fate("child", status);
  kill(child, SIGCONT);
  reap("child", child);
  return 0;
}
