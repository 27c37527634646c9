/* more: shows text a screen at a time. Space goes on, return shows one line more, q ends. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include "tools/tool.h"

static int terminal, rows = 24, columns = 80, left;

/* Waits for a key at the bottom of the screen; how many lines to show now, 0 to end. */
static int ask(void) {
  struct termios before, raw;
  char key = 'q';
  fputs("\033[7m--more--\033[0m", stdout);
  fflush(stdout);
  tcgetattr(terminal, &before);
  raw = before;
  raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
  raw.c_cc[VMIN] = 1;
  tcsetattr(terminal, TCSADRAIN, &raw);
  ssize_t got = read(terminal, &key, 1);
  tcsetattr(terminal, TCSADRAIN, &before);
  fputs("\r\033[K", stdout);
  if (got <= 0 || key == 'q') return 0;
  return key == '\n' || key == '\r' ? 1 : rows - 1;
}

static int show(FILE *file) {
  int column = 0;
  for (int c; (c = getc(file)) != EOF;) {
    if (left == 0 && column == 0 && (left = ask()) == 0) return 0;
    putchar(c);
    column = c == '\t' ? (column | 7) + 1 : c == '\b' ? column - (column > 0) : column + 1;
    if (c == '\n' || column >= columns) {
      column = 0;
      left--;
    }
  }
  return 1;
}

int main(int argc, char **argv) {
  int status = 0;
  tool_start(argc, argv, "more [FILE]...\nShows text a screen at a time: space for the next, return for a line, q to end.\n");
  terminal = isatty(1) ? open("/dev/tty", O_RDONLY) : -1;
  struct winsize size;
  if (terminal >= 0 && ioctl(terminal, TIOCGWINSZ, &size) == 0 && size.ws_row > 1) {
    rows = size.ws_row;
    columns = size.ws_col;
  }
  left = terminal >= 0 ? rows - 1 : -1; /* -1 never comes to 0: no waiting where nobody reads */
  if (argc == 1) show(stdin);
  for (int i = 1; i < argc; i++) {
    FILE *file = fopen(argv[i], "r");
    if (!file) {
      status = tool_failed(argv[i]);
      continue;
    }
    int go_on = show(file);
    fclose(file);
    if (!go_on) break;
  }
  return tool_finish(status);
}
