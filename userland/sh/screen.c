/*
 * Showing a line that may wrap over several rows of the terminal and hold newlines of its own.
 *
 * The prompt is printed once; a redraw goes back to where it ended, clears, prints the line and puts
 * the cursor where it belongs, all in one write. Positions are computed, never asked for.
 */
#include "sh.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

int utf8_length(const char *s, size_t left) {
  unsigned char c = (unsigned char)*s;
  size_t n = c < 0xc0 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
  if (n > left) n = left ? left : 1;
  for (size_t i = 1; i < n; i++)
    if ((s[i] & 0xc0) != 0x80) return (int)i;
  return (int)n;
}

/* Ranges that a terminal shows two columns wide, and those that join the character before them. */
static const long wide[][2] = {{0x1100, 0x115f},   {0x2e80, 0x303e},   {0x3041, 0xa4cf},
                               {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe30, 0xfe6f},
                               {0xff00, 0xff60},   {0xffe0, 0xffe6},   {0x1f300, 0x1f64f},
                               {0x1f680, 0x1f6ff}, {0x1f900, 0x1faff}, {0x20000, 0x3fffd}};
static const long joining[][2] = {{0x300, 0x36f},   {0x483, 0x489},   {0x591, 0x5bd},
                                  {0x610, 0x61a},   {0x64b, 0x65f},   {0x1ab0, 0x1aff},
                                  {0x200b, 0x200f}, {0x20d0, 0x20ff}, {0xfe00, 0xfe0f},
                                  {0xfe20, 0xfe2f}};

static bool within(const long (*ranges)[2], size_t n, long c) {
  for (size_t i = 0; i < n; i++)
    if (c >= ranges[i][0] && c <= ranges[i][1]) return true;
  return false;
}

int utf8_width(const char *s, size_t left) {
  int n = utf8_length(s, left);
  long c = (unsigned char)*s;
  if (n == 1) return 1;
  c &= 0x7f >> n;
  for (int i = 1; i < n; i++) c = c << 6 | (s[i] & 0x3f);
  if (within(joining, sizeof joining / sizeof *joining, c)) return 0;
  return within(wide, sizeof wide / sizeof *wide, c) ? 2 : 1;
}

int screen_columns(void) {
  struct winsize w;
  if (ioctl(0, TIOCGWINSZ, &w) == 0 && w.ws_col > 0) return w.ws_col;
  return 80;
}

struct place {
  int row, column;
};

static const char *skip_escape(const char *s) {
  if (s[1] == ']') {
    while (*s && *s != '\a') s++;
    return *s ? s + 1 : s;
  }
  s += s[1] == '[' ? 2 : 1;
  while (*s && !(*s >= 0x40 && *s <= 0x7e)) s++;
  return *s ? s + 1 : s;
}

/* Where the cursor is after n bytes from `p` on. A full row counts as the next row's start. */
static struct place after(struct place p, const char *s, size_t n, int columns) {
  const char *end = s + n;
  while (s < end) {
    if (*s == '\033') {
      s = skip_escape(s);
      continue;
    }
    if (*s == '\n') {
      p.row++;
      p.column = 0;
      s++;
      continue;
    }
    int width = *s == '\t' ? 8 - p.column % 8 : utf8_width(s, (size_t)(end - s));
    if (p.column + width > columns) {
      p.row++;
      p.column = 0;
    }
    p.column += width;
    if (p.column >= columns) {
      p.row++;
      p.column = 0;
    }
    s += utf8_length(s, (size_t)(end - s));
  }
  return p;
}

static void flush(struct text *t) {
  write_all(1, t->s, t->len);
  text_free(t);
}

static void move_to(struct text *t, int from_row, int row, int column) {
  if (row < from_row) text_fmt(t, "\033[%dA", from_row - row);
  if (row > from_row) text_fmt(t, "\033[%dB", row - from_row);
  text_byte(t, '\r');
  if (column > 0) text_fmt(t, "\033[%dC", column);
}

/* The line with newlines as the terminal wants them. A control character shows as it came: as nothing. */
static void put_line(struct text *t, const struct text *line) {
  for (size_t i = 0; i < line->len; i++) {
    if (line->s[i] == '\n') text_byte(t, '\r');
    text_byte(t, line->s[i]);
  }
}

static void put_prompt(struct screen *s, struct text *t) {
  struct place start = {0, 0};
  struct place end = after(start, s->prompt, strlen(s->prompt), s->columns);
  text_str(t, s->prompt);
  s->row = s->input_row = end.row;
  s->column = s->input_column = end.column;
}

void screen_begin(struct screen *s) {
  struct text t = {0};
  s->columns = screen_columns();
  put_prompt(s, &t);
  flush(&t);
}

void screen_draw(struct screen *s) {
  struct text t = {0};
  struct place input = {s->input_row, s->input_column};
  struct place end = after(input, s->line.s, s->line.len, s->columns);
  struct place cursor = after(input, s->line.s, s->at, s->columns);
  move_to(&t, s->row, input.row, input.column);
  text_str(&t, "\033[J");
  put_line(&t, &s->line);
  /* The terminal waits at the end of a full row; move it on. */
  if (end.column == 0 && s->line.len && s->line.s[s->line.len - 1] != '\n') text_str(&t, "\r\n");
  if (s->at < s->line.len) move_to(&t, end.row, cursor.row, cursor.column);
  s->row = cursor.row;
  s->column = cursor.column;
  flush(&t);
}

void screen_insert(struct screen *s, const char *bytes, size_t n) {
  bool at_end = s->at == s->line.len;
  text_splice(&s->line, s->at, 0, bytes, n);
  s->at += n;
  /* The common case, typing at the end, costs its own bytes only. */
  if (at_end && n == 1 && *bytes >= ' ' && *bytes < 127 && s->column + 1 < s->columns) {
    write_all(1, bytes, 1);
    s->column++;
  } else {
    screen_draw(s);
  }
}

void screen_leave(struct screen *s) {
  struct text t = {0};
  struct place input = {s->input_row, s->input_column};
  struct place end = after(input, s->line.s, s->line.len, s->columns);
  move_to(&t, s->row, end.row, end.column);
  text_str(&t, "\r\n");
  flush(&t);
}

/* The terminal has already wrapped its rows anew; compute where that put things, then redraw. */
void screen_resized(struct screen *s) {
  struct place start = {0, 0};
  window_changed = 0;
  s->columns = screen_columns();
  struct place input = after(start, s->prompt, strlen(s->prompt), s->columns);
  s->input_row = input.row;
  s->input_column = input.column;
  s->row = after(input, s->line.s, s->at, s->columns).row;
  screen_draw(s);
}

/*
 * A mark and a row's worth of blanks: at the start of a row they stay in it and are overwritten;
 * anywhere else they wrap, and the mark shows that the output had no last newline.
 */
void screen_own_line(void) {
  struct text t = {0};
  int columns = screen_columns();
  text_str(&t, "\033[2m\xe2\x8f\x8e\033[m");
  for (int i = 1; i < columns; i++) text_byte(&t, ' ');
  text_str(&t, "\r\033[K");
  flush(&t);
}
