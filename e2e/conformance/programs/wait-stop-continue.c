/*
 * A stopped child is reported with WUNTRACED once, a continued one with WCONTINUED once; SIGKILL ends a
 * stopped one. wait(2): WUNTRACED, WCONTINUED; signal(7).
 */
#include "expect.h"

int main(void) {
  int status, gate[2], ready[2];
  char token;
  if (pipe(gate) != 0 || pipe(ready) != 0) return 1;
  pid_t child = fork();
  if (child == 0) {
    setpgid(0, 0); /* SIGTSTP does not stop a group that is orphaned, and ours may be */
    close(gate[1]);
    if (write(ready[1], "!", 1) != 1) _exit(1);
    while (read(gate[0], &token, 1) == 1) continue;
    _exit(5);
  }
  close(gate[0]);
  if (read(ready[0], &token, 1) != 1) return 1;
  outcome("SIGSTOP", kill(child, SIGSTOP));
  truth("reported", waitpid(child, &status, WUNTRACED) == child);
  fate("child", status);
  say("raw: %#x\n", status);
  number("reported once", waitpid(child, &status, WUNTRACED | WNOHANG));
  outcome("a signal for a stopped child waits", kill(child, SIGTSTP));
  number("nothing new", waitpid(child, &status, WUNTRACED | WNOHANG));
  outcome("SIGCONT", kill(child, SIGCONT));
  truth("reported", waitpid(child, &status, WCONTINUED) == child);
  fate("child", status);
  say("raw: %#x\n", status);
  number("reported once", waitpid(child, &status, WCONTINUED | WNOHANG));

  outcome("SIGTSTP", kill(child, SIGTSTP));
  truth("reported", waitpid(child, &status, WUNTRACED) == child);
  fate("child", status);
  outcome("SIGCONT", kill(child, SIGCONT));
  truth("reported", waitpid(-1, &status, WUNTRACED | WCONTINUED) == child);
  fate("child", status);
  close(gate[1]);
  reap("runs on to its end", child);

  child = fork();
  if (child == 0) {
    kill(getpid(), SIGSTOP);
    _exit(6);
  }
  truth("stopped itself", waitpid(child, &status, WUNTRACED) == child);
  fate("child", status);
  kill(child, SIGKILL);
  reap("killed while stopped", child);

  child = fork();
  if (child == 0) {
    kill(getpid(), SIGSTOP);
    _exit(8);
  }
  waitpid(child, &status, WUNTRACED);
  kill(child, SIGTERM);
  number("SIGTERM waits", waitpid(child, &status, WNOHANG));
  kill(child, SIGCONT);
  reap("until it continues", child);
  return 0;
}
