/* stty: shows or changes the settings of the terminal on standard input. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include "tools/tool.h"

static const char usage[] =
    "stty [-a | -g] [SETTING]...\n"
    "Shows the terminal's settings (-a all), or changes them: a name switches one on, -name off; also sane, raw, cooked,\n"
    "size, rows N, cols N, min N, time N, and intr, quit, erase, kill, eof, susp followed by a character such as ^C.\n";

static struct termios t;

static const struct flag {
  const char *name;
  tcflag_t *where;
  tcflag_t bit;
  int sane;
} flags[] = {
    {"brkint", &t.c_iflag, BRKINT, 1}, {"icrnl", &t.c_iflag, ICRNL, 1},   {"ignbrk", &t.c_iflag, IGNBRK, 0},
    {"igncr", &t.c_iflag, IGNCR, 0},   {"inlcr", &t.c_iflag, INLCR, 0},   {"istrip", &t.c_iflag, ISTRIP, 0},
    {"ixany", &t.c_iflag, IXANY, 0},   {"ixoff", &t.c_iflag, IXOFF, 0},   {"ixon", &t.c_iflag, IXON, 1},
    {"iutf8", &t.c_iflag, IUTF8, 1},   {"ocrnl", &t.c_oflag, OCRNL, 0},   {"onlcr", &t.c_oflag, ONLCR, 1},
    {"opost", &t.c_oflag, OPOST, 1},   {"echo", &t.c_lflag, ECHO, 1},     {"echoctl", &t.c_lflag, ECHOCTL, 1},
    {"echoe", &t.c_lflag, ECHOE, 1},   {"echok", &t.c_lflag, ECHOK, 1},   {"echoke", &t.c_lflag, ECHOKE, 1},
    {"echonl", &t.c_lflag, ECHONL, 0}, {"icanon", &t.c_lflag, ICANON, 1}, {"iexten", &t.c_lflag, IEXTEN, 1},
    {"isig", &t.c_lflag, ISIG, 1},     {"noflsh", &t.c_lflag, NOFLSH, 0}, {"tostop", &t.c_lflag, TOSTOP, 0},
};
static const struct character {
  const char *name;
  int index, sane;
} characters[] = {
    {"intr", VINTR, 3},    {"quit", VQUIT, 28},   {"erase", VERASE, 127}, {"kill", VKILL, 21},    {"eof", VEOF, 4},
    {"start", VSTART, 17}, {"stop", VSTOP, 19},   {"susp", VSUSP, 26},    {"rprnt", VREPRINT, 18}, {"werase", VWERASE, 23},
    {"lnext", VLNEXT, 22}, {"discard", VDISCARD, 15},
};
#define COUNT(array) (sizeof array / sizeof *array)

static void show(int all) {
  struct winsize size = {0};
  ioctl(0, TIOCGWINSZ, &size);
  printf("rows %u; columns %u;\n", size.ws_row, size.ws_col);
  int column = 0;
  for (size_t i = 0; i < COUNT(characters); i++) {
    unsigned c = t.c_cc[characters[i].index];
    if (!all && (int)c == characters[i].sane) continue;
    if (c == 0) column += printf("%s = <undef>; ", characters[i].name);
    else if (c < 32 || c == 127) column += printf("%s = ^%c; ", characters[i].name, c ^ 64);
    else column += printf("%s = %c; ", characters[i].name, c);
    if (column > 65) putchar('\n'), column = 0;
  }
  if (all || !(t.c_lflag & ICANON)) column += printf("min = %d; time = %d;", t.c_cc[VMIN], t.c_cc[VTIME]);
  if (column) putchar('\n');
  column = 0;
  for (size_t i = 0; i < COUNT(flags); i++) {
    int on = (*flags[i].where & flags[i].bit) != 0;
    if (!all && on == flags[i].sane) continue;
    column += printf("%s%s ", on ? "" : "-", flags[i].name);
    if (column > 70) putchar('\n'), column = 0;
  }
  if (column) putchar('\n');
}

static void make_sane(void) {
  for (size_t i = 0; i < COUNT(flags); i++) {
    if (flags[i].sane) *flags[i].where |= flags[i].bit;
    else *flags[i].where &= ~flags[i].bit;
  }
  for (size_t i = 0; i < COUNT(characters); i++) t.c_cc[characters[i].index] = (cc_t)characters[i].sane;
}

static int control_character(const char *text) {
  if (strcmp(text, "undef") == 0 || strcmp(text, "^-") == 0) return 0;
  if (text[0] == '^' && text[1]) return text[1] == '?' ? 127 : text[1] & 31;
  return (unsigned char)text[0];
}

static void set_size(const char *rows, const char *columns) {
  struct winsize size = {0};
  ioctl(0, TIOCGWINSZ, &size);
  if (rows) size.ws_row = (unsigned short)tool_number(rows, 10, 9999, "number");
  if (columns) size.ws_col = (unsigned short)tool_number(columns, 10, 9999, "number");
  ioctl(0, TIOCSWINSZ, &size);
}

/* Applies one setting; `next` is the argument after it. How many arguments it took; 0 when there is no such setting. */
static int apply(const char *word, const char *next) {
  int on = *word != '-';
  const char *name = on ? word : word + 1;
  for (size_t i = 0; i < COUNT(flags); i++)
    if (strcmp(flags[i].name, name) == 0) {
      if (on) *flags[i].where |= flags[i].bit;
      else *flags[i].where &= ~flags[i].bit;
      return 1;
    }
  if (strcmp(word, "sane") == 0 || strcmp(word, "cooked") == 0 || strcmp(word, "-raw") == 0) {
    make_sane();
    return 1;
  }
  if (strcmp(word, "raw") == 0) {
    cfmakeraw(&t);
    return 1;
  }
  if (strcmp(word, "size") == 0) {
    struct winsize size = {0};
    ioctl(0, TIOCGWINSZ, &size);
    printf("%u %u\n", size.ws_row, size.ws_col);
    return 1;
  }
  if (!next) return 0;
  if (strcmp(word, "rows") == 0) set_size(next, 0);
  else if (strcmp(word, "cols") == 0 || strcmp(word, "columns") == 0) set_size(0, next);
  else if (strcmp(word, "min") == 0) t.c_cc[VMIN] = (cc_t)tool_number(next, 10, 255, "number");
  else if (strcmp(word, "time") == 0) t.c_cc[VTIME] = (cc_t)tool_number(next, 10, 255, "number");
  else {
    for (size_t i = 0; i < COUNT(characters); i++)
      if (strcmp(characters[i].name, word) == 0) {
        t.c_cc[characters[i].index] = (cc_t)control_character(next);
        return 2;
      }
    return 0;
  }
  return 2;
}

/* A saved state: the four flag words and the characters, in hexadecimal between colons. */
static int restore(const char *text) {
  char *at = (char *)text;
  struct termios saved = t;
  tcflag_t *words[] = {&saved.c_iflag, &saved.c_oflag, &saved.c_cflag, &saved.c_lflag};
  for (size_t i = 0; i < 4 + NCCS; i++) {
    char *start = at;
    unsigned long value = strtoul(at, &at, 16);
    if (at == start || *at != (i == 3 + NCCS ? 0 : ':')) return 0;
    at++;
    if (i < 4) *words[i] = (tcflag_t)value;
    else saved.c_cc[i - 4] = (cc_t)value;
  }
  t = saved;
  return 1;
}

int main(int argc, char **argv) {
  tool_start(argc, argv, usage);
  if (tcgetattr(0, &t) < 0) return tool_failed("standard input");
  if (argc == 1 || strcmp(argv[1], "-a") == 0) {
    show(argc > 1);
    return tool_finish(0);
  }
  if (strcmp(argv[1], "-g") == 0) {
    printf("%x:%x:%x:%x", t.c_iflag, t.c_oflag, t.c_cflag, t.c_lflag);
    for (int i = 0; i < NCCS; i++) printf(":%x", t.c_cc[i]);
    putchar('\n');
    return tool_finish(0);
  }
  for (int i = 1, took; i < argc; i += took) {
    took = strchr(argv[i], ':') ? restore(argv[i]) : apply(argv[i], argv[i + 1]);
    if (took == 0) {
      tool_complain("invalid argument '%s'", argv[i]);
      tool_bad_usage();
    }
  }
  if (tcsetattr(0, TCSADRAIN, &t) < 0) return tool_failed("standard input");
  return tool_finish(0);
}
