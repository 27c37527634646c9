/*
 * Several signals unblocked at once are all delivered before the call returns; each frame is put on top of
 * the former, so that the highest number's handler runs first. signal(7): "Execution of signal handlers".
 */
/* native-only: qemu-user 7.2 reads a riscv64 sa_mask from behind its place */
#include "expect.h"

static volatile int order[8], at;
static void record(int signal) { order[at++] = signal; }

static void run(const char *what, int mask_all) {
  static const int signals[] = {SIGHUP, SIGUSR1, SIGUSR2, SIGTERM};
  struct sigaction action;
  sigset_t set;
  memset(&action, 0, sizeof action);
  action.sa_handler = record;
  if (mask_all) sigfillset(&action.sa_mask);
  sigemptyset(&set);
  for (int i = 0; i < 4; i++) {
    sigaction(signals[i], &action, NULL);
    sigaddset(&set, signals[i]);
  }
  sigprocmask(SIG_BLOCK, &set, NULL);
  for (int i = 3; i >= 0; i--) kill(getpid(), signals[i]);
  at = 0;
  sigprocmask(SIG_UNBLOCK, &set, NULL);
  say("%s: %d delivered:", what, at);
  for (int i = 0; i < at; i++) say(" %s", signal_name(order[i]));
  say("\n");
}

int main(void) {
  run("handlers that block nothing", 0);
  run("handlers that block everything", 1);
  return 0;
}
