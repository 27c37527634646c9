/* See screen.h. Sequences as xterm and ECMA-48 have them. */
#include "screen.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

int screen_rows = 24, screen_columns = 80;
static int terminal = -1;
static struct termios before;
static volatile int resized;

static void measure(void) {
  struct winsize size;
  if (ioctl(terminal, TIOCGWINSZ, &size) < 0 || size.ws_row == 0 || size.ws_col == 0) return;
  screen_rows = size.ws_row;
  screen_columns = size.ws_col;
}

static void on_resize(int number) {
  (void)number;
  resized = 1;
}

static void take_over(void) {
  static const char enter[] = "\033[?1049h\033[H\033[2J";
  struct termios raw = before;
  raw.c_iflag &= ~(tcflag_t)(ICRNL | IXON);
  raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG | IEXTEN);
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  tcsetattr(terminal, TCSADRAIN, &raw);
  write(terminal, enter, sizeof enter - 1);
}

void screen_close(void) {
  static const char leave[] = "\033[?25h\033[m\033[?1049l";
  if (terminal < 0) return;
  fflush(stdout);
  write(terminal, leave, sizeof leave - 1);
  tcsetattr(terminal, TCSADRAIN, &before);
  close(terminal);
  terminal = -1;
}

static void on_end(int number) {
  screen_close();
  signal(number, SIG_DFL);
  raise(number);
}

int screen_open(void) {
  static char buffer[8192];
  terminal = open("/dev/tty", O_RDWR | O_CLOEXEC);
  if (terminal < 0 || tcgetattr(terminal, &before) < 0) return -1;
  setvbuf(stdout, buffer, _IOFBF, sizeof buffer); /* a picture arrives as a whole */
  struct sigaction action = {.sa_handler = on_resize};
  sigaction(SIGWINCH, &action, 0);
  signal(SIGTERM, on_end);
  signal(SIGHUP, on_end);
  atexit(screen_close);
  take_over();
  measure();
  return 0;
}

static int byte(int timeout) {
  struct pollfd one = {.fd = terminal, .events = POLLIN};
  unsigned char c;
  for (;;) {
    if (resized) {
      resized = 0;
      measure();
      return KEY_RESIZE;
    }
    int ready = poll(&one, 1, timeout);
    if (ready == 0) return KEY_TIMEOUT;
    if (ready < 0 && errno == EINTR) continue;
    return read(terminal, &c, 1) == 1 ? c : KEY_NO_MORE;
  }
}

/* After ESC [ or ESC O. */
static int sequence(void) {
  int numbers[2] = {0, 0}, n = 0, c;
  while ((c = byte(100)) < 0x40 || c == KEY_RESIZE) {
    if (c >= '0' && c <= '9' && numbers[n] < 1000) numbers[n] = numbers[n] * 10 + c - '0';
    if (c == ';' && n < 1) n++;
  }
  int modified = numbers[1] >= 3;
  static const char letters[] = "ABDCHF";
  const char *letter = c < 0x80 ? strchr(letters, c) : 0;
  if (letter && *letter) {
    if (modified && c == 'C') return KEY_WORD_RIGHT;
    if (modified && c == 'D') return KEY_WORD_LEFT;
    if (modified && c == 'H') return KEY_FILE_START;
    if (modified && c == 'F') return KEY_FILE_END;
    return KEY_UP + (int)(letter - letters);
  }
  if (c != '~') return KEY_OTHER;
  switch (numbers[0]) {
    case 1:
    case 7: return KEY_HOME;
    case 4:
    case 8: return KEY_END;
    case 3: return KEY_DELETE;
    case 5: return KEY_PAGE_UP;
    case 6: return KEY_PAGE_DOWN;
    default: return KEY_OTHER;
  }
}

int screen_key(int timeout) {
  fflush(stdout);
  int c = byte(timeout);
  if (c == 27) {
    int next = byte(50); /* a lone escape has nothing right behind it */
    if (next == KEY_TIMEOUT) return 27;
    if (next == '[' || next == 'O') return sequence();
    return next == 'b' ? KEY_WORD_LEFT : next == 'f' ? KEY_WORD_RIGHT : KEY_OTHER;
  }
  if (c < 0xc0 || c > 0xf7) return c;
  int more = c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3, value = c & (0x3f >> more);
  for (; more > 0; more--) {
    int next = byte(100);
    if (next < 0x80 || next > 0xbf) return KEY_OTHER;
    value = value << 6 | (next & 0x3f);
  }
  return value;
}

void screen_move(int row, int column) { printf("\033[%d;%dH", row + 1, column + 1); }

int screen_decode(const char *text, size_t size, unsigned *to) {
  unsigned c = (unsigned char)*text;
  size_t more = c < 0xc2 || c > 0xf4 ? 0 : c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3;
  *to = c < 0x80 ? c : c | 0x80000000;
  if (more == 0 || more >= size) return 1;
  unsigned value = c & (0x3fU >> more);
  for (size_t i = 1; i <= more; i++) {
    if (((unsigned char)text[i] & 0xc0) != 0x80) return 1;
    value = value << 6 | ((unsigned char)text[i] & 0x3f);
  }
  *to = value;
  return (int)more + 1;
}

int screen_encode(int c, char to[4]) {
  int more = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3, at = 0;
  to[at++] = (char)(more == 0 ? c : (0xff00 >> (more + 1) & 0xff) | c >> 6 * more);
  while (more-- > 0) to[at++] = (char)(0x80 | (c >> 6 * more & 0x3f));
  return at;
}

/* Pictures: terminals disagree whether they are one column wide or two. */
static int is_picture(unsigned c) { return (c >= 0x1f300 && c < 0x1f650) || (c >= 0x1f680 && c < 0x1f700) || (c >= 0x1f900 && c < 0x1fb00); }

int screen_width(unsigned c, int column) {
  if (c == '\t') return 8 - column % 8;
  if (c < 32 || c == 127) return 2;
  if (c & 0x80000000) return 4; /* <e9> */
  if ((c >= 0x300 && c < 0x370) || (c >= 0x200b && c < 0x2010) || (c >= 0xfe00 && c < 0xfe10)) return 0;
  int wide = (c >= 0x1100 && c < 0x1160) || (c >= 0x2e80 && c < 0xa4d0) || (c >= 0xac00 && c < 0xd7a4) ||
             (c >= 0xf900 && c < 0xfb00) || (c >= 0xfe30 && c < 0xfe70) || (c >= 0xff00 && c < 0xff61) ||
             (c >= 0xffe0 && c < 0xffe7) || (c >= 0x20000 && c < 0x40000) || is_picture(c);
  return wide ? 2 : 1;
}

void screen_put(const char *text, int bytes, unsigned c, int column) {
  if (c == '\t') printf("%*s", screen_width(c, column), "");
  else if (c < 32 || c == 127) printf("^%c", (int)(c ^ 64));
  else if (c & 0x80000000) printf("<%02x>", c & 255);
  else if (is_picture(c) && terminal >= 0) printf("\0337%.*s\0338\033[2C", bytes, text); /* whatever it moved by, go on two columns behind */
  else fwrite(text, 1, (size_t)bytes, stdout);
}

char *screen_ask(const char *question) {
  static char answer[256];
  size_t size = 0;
  for (;;) {
    screen_move(screen_rows - 1, 0);
    printf("\033[K%s%.*s\033[?25h", question, (int)size, answer);
    int key = screen_key(-1);
    if (key == '\r' || key == '\n') break;
    if (key == 27 || key == CONTROL('C') || key == CONTROL('G') || key == KEY_NO_MORE) return 0;
    if (key == 127 || key == 8) {
      if (size == 0) return 0;
      while (size > 0 && (answer[--size] & 0xc0) == 0x80) continue;
    } else if (key == CONTROL('U')) {
      size = 0;
    } else if (key >= 32 && key < KEY_UP && size + 5 < sizeof answer) {
      size += (size_t)screen_encode(key, answer + size);
    }
  }
  answer[size] = 0;
  return answer;
}
