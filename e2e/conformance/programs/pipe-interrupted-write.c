/*
 * A write that waits for room, interrupted by a handler, returns what it wrote already, EINTR if that is
 * nothing, and goes on with SA_RESTART only in that case. write(2), signal(7), pipe(7).
 */
#include "expect.h"

static char block[100000];
static volatile int handled;
static void handler(int signal) { handled += signal == SIGUSR1; }

static void with(const char *what, int flags, int full) {
  struct sigaction action;
  int ends[2], gate[2];
  char token = 0;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigaction(SIGUSR1, &action, NULL);
  handled = 0;
  if (pipe(ends) != 0 || pipe(gate) != 0) _exit(1);
  if (full && write(ends[1], block, 65536) != 65536) _exit(1);
  pid_t child = fork();
  if (child == 0) {
    close(ends[1]);
    pause_ms(50);
    kill(getppid(), SIGUSR1);
    pause_ms(50);
    long sum = 0, got;
    while ((got = read(ends[0], block, sizeof block)) > 0) sum += got;
    if (read(gate[0], &token, 1) != 1) _exit(1);
    number("reader took", sum);
    _exit(0);
  }
  close(ends[0]);
  number(what, write(ends[1], block, 80000));
  number("handled", handled);
  close(ends[1]);
  if (write(gate[1], &token, 1) != 1) _exit(1);
  reap("reader", child);
}

int main(void) {
  with("room for a part", 0, 0);
  with("room for a part, SA_RESTART", SA_RESTART, 0);
  with("no room", 0, 1);
  with("no room, SA_RESTART", SA_RESTART, 1);
  return 0;
}
