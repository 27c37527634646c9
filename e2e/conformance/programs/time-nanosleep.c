/*
 * nanosleep sleeps at least as long as asked and refuses times that are none. nanosleep(2): ERRORS.
 */
/* native-only: qemu-user stores a remainder after an error too */
#include "expect.h"
#include <sys/syscall.h>

/* The system call itself: C libraries make it in different ways. */
static int sleep_raw(const struct timespec *asked, struct timespec *left) {
  return (int)syscall(SYS_nanosleep, asked, left);
}

static long now_ns(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec * 1000000000 + now.tv_nsec;
}

static void span(const char *what, long seconds, long nanoseconds) {
  struct timespec asked = {seconds, nanoseconds}, left = {5, 5};
  long before = now_ns();
  int result = sleep_raw(&asked, &left);
  long passed = now_ns() - before;
  outcome(what, result);
  if (result == 0) truth("long enough", passed >= seconds * 1000000000 + nanoseconds);
  if (left.tv_sec != 5 || left.tv_nsec != 5) say("remainder was written\n");
}

int main(void) {
  span("20 ms", 0, 20000000);
  span("1 ns", 0, 1);
  span("0", 0, 0);
  span("nanoseconds too large", 0, 1000000000);
  span("negative nanoseconds", 0, -1);
  span("negative seconds", -1, 0);
  outcome("bad pointer", sleep_raw(nowhere(), NULL));
  struct timespec asked = {0, 1000};
  outcome("no remainder wanted", sleep_raw(&asked, NULL));
  outcome("asked and remainder are one", sleep_raw(&asked, &asked));

  /* Two sleepers wake in the order of their deadlines. */
  int ends[2];
  char order[3] = {0};
  if (pipe(ends) != 0) return 1;
  pid_t slow = fork();
  if (slow == 0) {
    pause_ms(120);
    _exit(write(ends[1], "s", 1) == 1 ? 0 : 1);
  }
  pid_t quick = fork();
  if (quick == 0) {
    pause_ms(40);
    _exit(write(ends[1], "q", 1) == 1 ? 0 : 1);
  }
  reap("quick", quick);
  reap("slow", slow);
  number("read", read(ends[0], order, 2));
  say("order: %s\n", order);
  return 0;
}
