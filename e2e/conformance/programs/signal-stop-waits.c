/*
 * A stop and a continue in the middle of a waiting call do not end it: it goes on, with the deadline it had.
 * signal(7): "Interruption of system calls and library functions by stop signals".
 */
#include "expect.h"
#include <linux/futex.h>
#include <poll.h>
#include <sys/syscall.h>

static int ends[2];

static long now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void timed(const char *what, long result, long before, long least) {
  long passed = now_ms() - before;
  outcome(what, result);
  truth(" not too early", passed >= least - 1);
  truth(" not begun anew", passed < least + 1000);
}

static void wait_in(int what) {
  static volatile unsigned word;
  struct timespec time = {0, 150000000};
  char bytes[8] = {0};
  long before = now_ms();
  switch (what) {
    case 0: timed("nanosleep", nanosleep(&time, NULL), before, 150); break;
    case 1: timed("poll", poll(&(struct pollfd){ends[0], POLLIN, 0}, 1, 150), before, 150); break;
    case 2: timed("futex", syscall(SYS_futex, &word, FUTEX_WAIT, 0, &time, NULL, 0), before, 150); break;
    case 3: number("read", read(ends[0], bytes, sizeof bytes)); break;
    default:
      what = fork();
      if (what == 0) {
        pause_ms(150);
        _exit(6);
      }
      reap("wait", what);
  }
}

int main(void) {
  for (int what = 0; what < 5; what++) {
    int status = 0;
    if (pipe(ends) != 0) return 1;
    pid_t child = fork();
    if (child == 0) {
      wait_in(what);
      _exit(what);
    }
    for (int turn = 0; turn < 2; turn++) {
      pause_ms(25);
      kill(child, SIGSTOP);
      if (waitpid(child, &status, WUNTRACED) != child || !WIFSTOPPED(status)) say("did not stop\n");
      kill(child, SIGCONT);
    }
    pause_ms(10);
    if (what == 3 && write(ends[1], "late", 4) != 4) return 1;
    reap("child", child);
    close(ends[0]);
    close(ends[1]);
  }
  return 0;
}
