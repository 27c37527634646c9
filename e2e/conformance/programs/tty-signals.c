/*
 * The keys of a controlling terminal send signals to its foreground group and throw away what was typed; a
 * changed size is SIGWINCH, a closed terminal SIGHUP. termios(3): ISIG; tty_ioctl(4).
 */
#include "expect.h"
#include "pty.h"

static volatile int caught;
static void handler(int signal) { caught = signal; }

static void until_caught(const char *what) {
  for (int i = 0; i < 1000 && !caught; i++) pause_ms(2);
  say("%s: %s\n", what, caught ? caught == SIGWINCH ? "SIGWINCH" : signal_name(caught) : "nothing");
  caught = 0;
}

int main(void) {
  pid_t leader = fork();
  if (leader != 0) {
    reap("leader", leader);
    return 0;
  }
  int slave = open_pty();
  setsid();
  outcome("controlling terminal", ioctl(slave, TIOCSCTTY, 0));
  int tty = open("/dev/tty", O_RDWR);
  outcome("/dev/tty", tty);
  pid_t group = 0;
  outcome("foreground group", ioctl(tty, TIOCGPGRP, &group));
  truth("is ours", group == getpgrp());
  static const int handled[] = {SIGINT, SIGQUIT, SIGTSTP, SIGWINCH, SIGHUP, 0};
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  for (int i = 0; handled[i]; i++) sigaction(handled[i], &action, NULL);
  type_keys("lost\x03");
  until_caught("interrupt");
  type_keys("kept\n");
  line("what came before is gone", tty, 100);
  type_keys("\x1c");
  until_caught("quit");
  type_keys("\x1a");
  until_caught("suspend");
  screen("screen");
  struct winsize size = {30, 100, 0, 0};
  ioctl(master, TIOCSWINSZ, &size);
  until_caught("another size");
  ioctl(master, TIOCSWINSZ, &size);
  pause_ms(30);
  truth("the same size says nothing", caught == 0);

  /* A read asleep is interrupted. */
  pid_t typist = fork();
  if (typist == 0) {
    pause_ms(60);
    type_keys("\x03");
    _exit(0);
  }
  line("interrupted read", tty, 100);
  reap("typist", typist);
  truth("by SIGINT", caught == SIGINT);
  caught = 0;

  close(master);
  until_caught("terminal closed");
  line("read", tty, 10);
  outcome("write", write(tty, "x", 1));
  return 5;
}
