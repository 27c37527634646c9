/*
 * A group whose members have no parent in another group of the session is orphaned: terminal stops do not
 * stop it, SIGSTOP does; a stopped one that becomes orphaned gets SIGHUP and SIGCONT. setpgid(2): NOTES.
 */
#include "expect.h"

static int news[2];
static void hung_up(int signal) {
  char letter = signal == SIGHUP ? 'H' : 'C';
  if (write(news[1], &letter, 1) != 1) _exit(1);
}

int main(void) {
  int status;
  pid_t child = fork();
  if (child == 0) {
    setsid(); /* a group without anybody outside in its session */
    raise(SIGTSTP);
    raise(SIGTTIN);
    say("terminal stops did nothing\n");
    raise(SIGSTOP);
    say("SIGSTOP did\n");
    _exit(5);
  }
  waitpid(child, &status, WUNTRACED);
  fate("child", status);
  kill(child, SIGCONT);
  reap("child", child);

  if (pipe(news) != 0) return 1;
  pid_t middle = fork();
  if (middle == 0) {
    setsid();
    pid_t inner = fork();
    if (inner == 0) {
      setpgid(0, 0); /* not orphaned while the middle process lives */
      signal(SIGHUP, hung_up);
      signal(SIGCONT, hung_up);
      close(news[0]);
      raise(SIGTSTP);
      _exit(0);
    }
    waitpid(inner, &status, WUNTRACED);
    fate("inner", status);
    _exit(0);
  }
  close(news[1]);
  reap("middle", middle);
  char letters[4] = {0};
  int got = 0;
  while (got < 3 && read(news[0], letters + got, 1) == 1) got++;
  say("inner was told: %s\n", strchr(letters, 'H') && strchr(letters, 'C') ? "hang up and continue" : letters);
  return 0;
}
