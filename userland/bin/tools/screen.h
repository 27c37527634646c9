/* The whole terminal as a screen, for less, edit and top: keys without waiting for a line, the alternate screen (so that
   what was there comes back), window sizes, and how wide characters are. Output goes to stdout. */
#ifndef SCREEN_H
#define SCREEN_H
#include <stddef.h>

enum {
  KEY_UP = 0x110000, /* beyond Unicode */
  KEY_DOWN,
  KEY_LEFT,
  KEY_RIGHT,
  KEY_HOME,
  KEY_END,
  KEY_PAGE_UP,
  KEY_PAGE_DOWN,
  KEY_DELETE,
  KEY_WORD_LEFT,
  KEY_WORD_RIGHT,
  KEY_FILE_START,
  KEY_FILE_END,
  KEY_OTHER,
  KEY_RESIZE,
  KEY_TIMEOUT,
  KEY_NO_MORE, /* the terminal is gone */
};
#define CONTROL(letter) ((letter) & 31)

extern int screen_rows, screen_columns;

/* Takes the terminal over; -1 and errno where there is none. It is given back by screen_close, at exit, and by signals. */
int screen_open(void);
void screen_close(void);

/* The next key: a character (Unicode; control characters as they are) or KEY_…; waits at most so many milliseconds, -1: for ever. */
int screen_key(int timeout);

void screen_move(int row, int column); /* from 0 */

/* One character of UTF-8 (a byte that is none stands for itself, plus 0x80000000): how many bytes it has. */
int screen_decode(const char *text, size_t size, unsigned *to);

/* The UTF-8 of a character; how many bytes it has. */
int screen_encode(int character, char to[4]);

/* How many columns it takes when printed by screen_put at `column`: tabs go to the next multiple of 8, controls are ^X. */
int screen_width(unsigned character, int column);
void screen_put(const char *text, int bytes, unsigned character, int column);

/* A question in the last row, answered by a line: null when it was left with escape or ^C. The answer stays until the next. */
char *screen_ask(const char *question);

#endif
