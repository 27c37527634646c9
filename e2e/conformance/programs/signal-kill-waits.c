/*
 * SIGKILL ends a process at once in whatever call it waits, and what it held is released. signal(7); exit(2).
 */
#include "expect.h"
#include <linux/futex.h>
#include <poll.h>
#include <sys/syscall.h>

static int ends[2];

static void wait_in(int what) {
  static char block[70000];
  static volatile unsigned word;
  struct timespec long_time = {100, 0};
  sigset_t none;
  sigemptyset(&none);
  switch (what) {
    case 0: read(ends[0], block, 1); break;
    case 1: write(ends[1], block, sizeof block); break;
    case 2: nanosleep(&long_time, NULL); break;
    case 3:
      if (fork() == 0) {
        /* The grandchild ends when its parent has gone: it holds no write end. */
        close(ends[1]);
        read(ends[0], block, 1);
        _exit(0);
      }
      wait(NULL);
      break;
    case 4: syscall(SYS_futex, &word, FUTEX_WAIT, 0, NULL, NULL, 0); break;
    case 5: sigsuspend(&none); break;
    case 6: poll(&(struct pollfd){ends[0], POLLIN, 0}, 1, -1); break;
    case 7: clock_nanosleep(CLOCK_REALTIME, 0, &long_time, NULL); break;
    default:
      for (volatile long spin = 0;; spin = spin + 1) continue;
  }
}

int main(void) {
  static const char *const names[] = {"read", "write", "nanosleep", "wait", "futex", "sigsuspend", "poll",
                                      "clock_nanosleep", "no call, a loop"};
  for (int what = 0; what < 9; what++) {
    int status = 0;
    if (pipe(ends) != 0) return 1;
    pid_t child = fork();
    if (child == 0) {
      wait_in(what);
      _exit(1);
    }
    pause_ms(25);
    truth(names[what], waitpid(child, &status, WNOHANG) == 0);
    kill(child, SIGKILL);
    reap("killed", child);
    /* Its descriptors are closed: the pipe ends after what is in it. */
    close(ends[1]);
    long left = 0, got;
    static char drain[8192];
    while ((got = read(ends[0], drain, sizeof drain)) > 0) left += got;
    if (left) number("left in the pipe", left);
    close(ends[0]);
  }
  return 0;
}
