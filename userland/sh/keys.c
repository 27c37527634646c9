/*
 * Key presses from a terminal's bytes: control characters, ESC-prefixed (Alt) keys, and the CSI and SS3
 * sequences of ECMA-48 and xterm. A byte at a time: what is typed ahead may be meant for a program.
 */
#include "sh.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

volatile int window_changed;

static int byte(int fd, bool resize_counts) {
  for (;;) {
    unsigned char c;
    ssize_t n = read(fd, &c, 1);
    if (n == 1) return c;
    if (n < 0 && errno == EINTR) {
      if (resize_counts && window_changed) return KEY_RESIZE;
      if (resize_counts && (child_changed || trap_pending(true))) return KEY_NONE;
      continue;
    }
    return KEY_EOF;
  }
}

static int csi(int fd) {
  int numbers[2] = {0, 0}, n = 0, c;
  for (;;) {
    c = byte(fd, false);
    if (c >= '0' && c <= '9') {
      if (n < 2 && numbers[n] < 1000) numbers[n] = numbers[n] * 10 + c - '0';
    } else if (c == ';') n++;
    else if (c == KEY_EOF || (c >= 0x40 && c <= 0x7e)) break;
  }
  bool modified = numbers[1] >= 3; /* Alt or Ctrl, not Shift alone */
  switch (c) {
    case 'A': return KEY_UP;
    case 'B': return KEY_DOWN;
    case 'C': return modified ? KEY_WORD_RIGHT : KEY_RIGHT;
    case 'D': return modified ? KEY_WORD_LEFT : KEY_LEFT;
    case 'H': return KEY_HOME;
    case 'F': return KEY_END;
    case '~':
      switch (numbers[0]) {
        case 1:
        case 7: return KEY_HOME;
        case 4:
        case 8: return KEY_END;
        case 3: return modified ? KEY_KILL_WORD : KEY_DELETE;
        case 200: return KEY_PASTE;
        default: return KEY_NONE;
      }
    default: return c == KEY_EOF ? KEY_EOF : KEY_NONE;
  }
}

int key_read(int fd) {
  int c = byte(fd, true);
  if (c != 27) return c;
  c = byte(fd, false);
  switch (c) {
    case '[': return csi(fd);
    case 'O':
      c = byte(fd, false);
      return c == 'A'   ? KEY_UP
             : c == 'B' ? KEY_DOWN
             : c == 'C' ? KEY_RIGHT
             : c == 'D' ? KEY_LEFT
             : c == 'H' ? KEY_HOME
             : c == 'F' ? KEY_END
                        : KEY_NONE;
    case 'b': return KEY_WORD_LEFT;
    case 'f': return KEY_WORD_RIGHT;
    case 'd': return KEY_KILL_WORD;
    case 8:
    case 127: return KEY_KILL_WORD_BACK;
    case KEY_EOF: return KEY_EOF;
    default: return KEY_NONE;
  }
}

/* Bracketed paste: everything up to ESC [ 201 ~, newlines as newlines, other controls dropped. */
void key_paste(int fd, struct text *t) {
  static const char end[] = "\033[201~";
  text_clear(t);
  for (;;) {
    int c = byte(fd, false);
    if (c == KEY_EOF) break;
    text_byte(t, c);
    size_t n = sizeof end - 1;
    if (t->len >= n && memcmp(t->s + t->len - n, end, n) == 0) {
      t->len -= n;
      break;
    }
  }
  size_t to = 0;
  for (size_t i = 0; i < t->len; i++) {
    char c = t->s[i] == '\r' ? '\n' : t->s[i];
    if ((unsigned char)c >= ' ' ? c != 127 : c == '\n' || c == '\t') t->s[to++] = c;
  }
  t->len = to;
  t->s[to] = 0;
}
