/*
 * poll on pipes: what is ready, what hung up, what is not open, and how long it waits. poll(2).
 */
#include "expect.h"
#include <fcntl.h>
#include <poll.h>

static void ask(const char *what, struct pollfd *fds, nfds_t count, int timeout) {
  int ready = poll(fds, count, timeout);
  if (ready == -1) {
    outcome(what, -1);
    return;
  }
  say("%s: %d ready", what, ready);
  for (nfds_t i = 0; i < count; i++)
    say("%s%s%s%s%s%s", i ? "," : "", fds[i].revents & POLLIN ? " IN" : "", fds[i].revents & POLLOUT ? " OUT" : "",
        fds[i].revents & POLLHUP ? " HUP" : "", fds[i].revents & POLLERR ? " ERR" : "",
        fds[i].revents & POLLNVAL ? " NVAL" : "");
  say("\n");
}

static volatile int handled;
static void handler(int signal) { handled = signal; }

int main(void) {
  int ends[2];
  static char block[65536];
  if (pipe(ends) != 0) return 1;
  struct pollfd fds[3] = {{ends[0], POLLIN, 0}, {ends[1], POLLOUT, 0}, {-1, POLLIN, 0}};
  ask("empty", fds, 2, 0);
  ask("negative descriptor", fds + 2, 1, 10);
  ask("nothing, a while", fds, 1, 20);
  if (write(ends[1], block, sizeof block) != sizeof block) return 1;
  ask("full", fds, 3, 0);
  ask("asked for nothing", (struct pollfd[]){{ends[0], 0, 0}}, 1, 0);
  if (read(ends[0], block, sizeof block) != sizeof block) return 1;
  ask("closed descriptor", (struct pollfd[]){{77, POLLIN, 0}, {ends[0], POLLIN, 0}}, 2, 1000);
  pid_t child = fork();
  if (child == 0) {
    pause_ms(40);
    _exit(write(ends[1], "x", 1) == 1 ? 0 : 1);
  }
  ask("waits for a writer", fds, 1, 5000);
  reap("child", child);
  close(ends[1]);
  ask("data and hung up", fds, 1, 0);
  if (read(ends[0], block, 1) != 1) return 1;
  ask("hung up", fds, 1, -1);
  if (pipe(ends) != 0) return 1;
  close(ends[0]);
  ask("no reader", (struct pollfd[]){{ends[1], POLLOUT, 0}}, 1, -1);
  int file = open("file", O_RDWR | O_CREAT, 0600);
  ask("a file is always ready", (struct pollfd[]){{file, POLLIN | POLLOUT, 0}}, 1, -1);
  ask("no descriptors", NULL, 0, 10);
  outcome("bad pointer", poll(nowhere(), 1, 0));

  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART; /* poll does not restart */
  sigaction(SIGUSR1, &action, NULL);
  child = fork();
  if (child == 0) {
    pause_ms(40);
    kill(getppid(), SIGUSR1);
    _exit(0);
  }
  outcome("interrupted", poll(NULL, 0, 5000));
  truth("handled", handled == SIGUSR1);
  reap("child", child);
  return 0;
}
