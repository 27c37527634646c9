/*
 * Terminal modes: without echo, without lines (VMIN, VTIME), without output processing; a change keeps what
 * was typed. termios(3); tcsetattr(3).
 */
#include "expect.h"
#include "pty.h"

static struct termios modes;

static void set(const char *what, int slave, tcflag_t local, tcflag_t output, int minimum, int tenths) {
  modes.c_lflag = local;
  modes.c_oflag = output;
  modes.c_cc[VMIN] = (cc_t)minimum;
  modes.c_cc[VTIME] = (cc_t)tenths;
  outcome(what, tcsetattr(slave, TCSANOW, &modes));
}

int main(void) {
  int slave = open_pty();
  outcome("get", tcgetattr(slave, &modes));
  say("at first: icanon %d echo %d isig %d opost %d onlcr %d icrnl %d\n", !!(modes.c_lflag & ICANON),
      !!(modes.c_lflag & ECHO), !!(modes.c_lflag & ISIG), !!(modes.c_oflag & OPOST), !!(modes.c_oflag & ONLCR),
      !!(modes.c_iflag & ICRNL));
  say("characters: %d %d %d %d %d %d\n", modes.c_cc[VINTR], modes.c_cc[VQUIT], modes.c_cc[VERASE],
      modes.c_cc[VKILL], modes.c_cc[VEOF], modes.c_cc[VSUSP]);
  tcflag_t local = modes.c_lflag, output = modes.c_oflag;
  set("no echo", slave, local & ~(tcflag_t)ECHO, output, 1, 0);
  type_keys("secret\n");
  line("read", slave, 100);
  screen("screen");
  set("only newlines echoed", slave, (local & ~(tcflag_t)ECHO) | ECHONL, output, 1, 0);
  type_keys("secret\n");
  line("read", slave, 100);
  screen("screen");

  set("no lines", slave, local & ~(tcflag_t)(ICANON | ECHO), output, 1, 0);
  type_keys("x");
  line("one key", slave, 100);
  type_keys("yz\x7f\x04");
  line("as typed", slave, 2);
  line("the rest", slave, 100);
  set("three at least", slave, local & ~(tcflag_t)(ICANON | ECHO), output, 3, 0);
  pid_t child = fork();
  if (child == 0) {
    type_keys("a");
    pause_ms(30);
    type_keys("b");
    pause_ms(30);
    type_keys("c");
    _exit(0);
  }
  line("waits for three", slave, 100);
  reap("child", child);
  set("none at least", slave, local & ~(tcflag_t)(ICANON | ECHO), output, 0, 0);
  line("returns at once", slave, 100);
  set("a tenth of a second", slave, local & ~(tcflag_t)(ICANON | ECHO), output, 0, 1);
  line("returns after it", slave, 100);

  set("no output processing", slave, local, output & ~(tcflag_t)OPOST, 1, 0);
  if (write(slave, "a\nb", 3) != 3) return 1;
  screen("screen");
  set("all again", slave, local, output, 1, 0);
  struct winsize size = {24, 80, 0, 0}, now = {1, 1, 1, 1};
  outcome("set the size", ioctl(master, TIOCSWINSZ, &size));
  outcome("get it", ioctl(slave, TIOCGWINSZ, &now));
  say("%d rows, %d columns\n", now.ws_row, now.ws_col);
  outcome("no controlling terminal", ioctl(slave, TIOCSPGRP, &(pid_t){getpgrp()}));
  return 0;
}
