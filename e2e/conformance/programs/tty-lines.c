/*
 * A terminal hands over whole lines, edited: erase, kill, end of file; what is typed is echoed with line ends
 * and control characters made visible. termios(3): "Canonical and noncanonical mode".
 */
#include "expect.h"
#include "pty.h"

int main(void) {
  int slave = open_pty();
  outcome("open", slave);
  number("is a terminal", isatty(slave));
  type_keys("hello\n");
  line("a line", slave, 100);
  screen("echo");
  type_keys("one\ntwo\n");
  line("only the first", slave, 100);
  line("then the second", slave, 100);
  screen("echo");
  type_keys("longer line\n");
  line("in pieces", slave, 4);
  line("the rest", slave, 100);
  screen("echo");
  type_keys("abX\x7f" "cd\n");
  line("erased", slave, 100);
  screen("echo");
  type_keys("wrong\x15right\n");
  line("killed", slave, 100);
  screen("echo");
  type_keys("two words\x17" "changed\n");
  line("word erased", slave, 100);
  screen("echo");
  type_keys("return\r");
  line("return is a newline", slave, 100);
  screen("echo");
  type_keys("\x01\x1b[A\n");
  line("control characters", slave, 100);
  screen("echo");
  type_keys("\x16\x03\n");
  line("literal", slave, 100);
  screen("echo");
  type_keys("\x04");
  line("end of file", slave, 100);
  type_keys("part\x04");
  line("part of a line", slave, 100);
  type_keys("after\n");
  line("and on", slave, 100);
  screen("echo");

  if (write(slave, "out\nput\ttab\n", 12) != 12) return 1;
  screen("output");
  fcntl(slave, F_SETFL, O_NONBLOCK);
  type_keys("unfinished");
  line("no line yet", slave, 100);
  type_keys("\n");
  line("now", slave, 100);
  return 0;
}
