/*
 * Signals that do nothing interrupt nothing: an ignored signal, a default-ignored one, and a stop and a
 * continue leave a sleeping read asleep. signal(7).
 */
#include "expect.h"

int main(void) {
  int data[2];
  if (pipe(data) != 0) return 1;
  signal(SIGUSR1, SIG_IGN);
  pid_t reader = fork();
  if (reader == 0) {
    char byte = 0;
    close(data[1]);
    number("read", read(data[0], &byte, 1));
    say("got %c\n", byte);
    _exit(0);
  }
  close(data[0]);
  pause_ms(60);
  outcome("ignored", kill(reader, SIGUSR1));
  outcome("ignored by default", kill(reader, SIGWINCH));
  pause_ms(30);
  int status;
  outcome("stop", kill(reader, SIGSTOP));
  waitpid(reader, &status, WUNTRACED);
  fate("reader", status);
  outcome("continue", kill(reader, SIGCONT));
  pause_ms(30);
  number("reader ended", waitpid(reader, &status, WNOHANG));
  if (write(data[1], "x", 1) != 1) return 1;
  reap("reader", reader);
  return 0;
}
