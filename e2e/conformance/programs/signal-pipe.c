/*
 * Writing to a pipe without readers: SIGPIPE ends the process; ignored, blocked or handled, the write
 * fails with EPIPE. pipe(7): "I/O on pipes and FIFOs".
 */
#include "expect.h"

static volatile int handled;
static void handler(int signal) { handled += signal == SIGPIPE; }

int main(void) {
  int ends[2];
  pid_t child = fork();
  if (child == 0) {
    if (pipe(ends) != 0) _exit(1);
    close(ends[0]);
    number("write", write(ends[1], "x", 1));
    _exit(0);
  }
  reap("default", child);
  if (pipe(ends) != 0) return 1;
  close(ends[0]);
  signal(SIGPIPE, SIG_IGN);
  number("ignored", write(ends[1], "x", 1));
  number("nothing to write is no error", write(ends[1], "x", 0));
  signal(SIGPIPE, handler);
  number("handled", write(ends[1], "x", 1));
  number("times", handled);
  sigset_t set, pending;
  sigemptyset(&set);
  sigaddset(&set, SIGPIPE);
  sigprocmask(SIG_BLOCK, &set, NULL);
  number("blocked", write(ends[1], "x", 1));
  sigpending(&pending);
  truth("pending", sigismember(&pending, SIGPIPE));
  sigprocmask(SIG_UNBLOCK, &set, NULL);
  number("times", handled);

  /* A writer that waits for room learns it when the last reader goes. */
  if (pipe(ends) != 0) return 1;
  signal(SIGPIPE, SIG_DFL);
  child = fork();
  if (child == 0) {
    static char block[70000];
    close(ends[0]);
    number("all of it", write(ends[1], block, sizeof block));
    _exit(0);
  }
  close(ends[1]);
  pause_ms(50);
  close(ends[0]);
  reap("waiting writer", child);
  return 0;
}
