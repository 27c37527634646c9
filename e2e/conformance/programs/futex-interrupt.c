/*
 * A futex wait ends with EINTR at a handler without SA_RESTART and goes on with it, unless it has a timeout;
 * a kill ends it at once. futex(2): EINTR; signal(7).
 */
#include "expect.h"
#include <linux/futex.h>
#include <sys/mman.h>
#include <sys/syscall.h>

static volatile int handled;
static void handler(int signal) { handled += signal == SIGUSR1; }

static volatile unsigned *word;

static void with(const char *what, int flags, int wakes, const struct timespec *timeout) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigaction(SIGUSR1, &action, NULL);
  handled = 0;
  *word = 0;
  pid_t child = fork();
  if (child == 0) {
    pause_ms(50);
    kill(getppid(), SIGUSR1);
    pause_ms(50);
    _exit(wakes ? (int)syscall(SYS_futex, word, FUTEX_WAKE, 1, NULL, NULL, 0) : 0);
  }
  outcome(what, syscall(SYS_futex, word, FUTEX_WAIT, 0, timeout, NULL, 0));
  number("handled", handled);
  reap("child", child);
}

int main(void) {
  word = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  with("without SA_RESTART", 0, 0, NULL);
  with("with SA_RESTART", SA_RESTART, 1, NULL);
  struct timespec long_time = {5, 0};
  with("with SA_RESTART and a timeout", SA_RESTART, 0, &long_time);
  pid_t child = fork();
  if (child == 0) {
    syscall(SYS_futex, word, FUTEX_WAIT, 0, NULL, NULL, 0);
    _exit(0);
  }
  pause_ms(40);
  kill(child, SIGKILL);
  reap("killed while waiting", child);
  number("nobody is left", syscall(SYS_futex, word, FUTEX_WAKE, 1, NULL, NULL, 0));
  return 0;
}
