/*
 * Line editing with the emacs keys, in raw mode only while a line is being typed; programs and builtins
 * get the terminal as the user set it.
 */
#include "sh.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define CONTROL(c) ((c) & 31)

struct editing {
  struct screen s;
  int recalled;        /* index into the history; history_count(): the line being typed */
  struct text typed;   /* that line, while another is recalled */
  bool done;
  enum edit result;
};

static struct text killed; /* for Ctrl-Y */

/* ---- moving ---- */

static size_t previous(const struct text *t, size_t at) {
  while (at > 0) {
    at--;
    if ((t->s[at] & 0xc0) != 0x80 && utf8_width(t->s + at, t->len - at) > 0) break;
  }
  return at;
}

static size_t next(const struct text *t, size_t at) {
  if (at < t->len) at += (size_t)utf8_length(t->s + at, t->len - at);
  while (at < t->len && utf8_width(t->s + at, t->len - at) == 0)
    at += (size_t)utf8_length(t->s + at, t->len - at);
  return at;
}

static bool in_word(char c) { return is_name_char((unsigned char)c) || (c & 0x80); }

static size_t word_left(const struct text *t, size_t at) {
  while (at > 0 && !in_word(t->s[at - 1])) at--;
  while (at > 0 && in_word(t->s[at - 1])) at--;
  return at;
}

static size_t word_right(const struct text *t, size_t at) {
  while (at < t->len && !in_word(t->s[at])) at++;
  while (at < t->len && in_word(t->s[at])) at++;
  return at;
}

static size_t blank_word_left(const struct text *t, size_t at) {
  while (at > 0 && strchr(" \t\n", t->s[at - 1])) at--;
  while (at > 0 && !strchr(" \t\n", t->s[at - 1])) at--;
  return at;
}

static void move(struct editing *e, size_t at) {
  e->s.at = at;
  screen_draw(&e->s);
}

static void erase(struct editing *e, size_t from, size_t to, bool keep) {
  if (from == to) return;
  if (keep) {
    text_clear(&killed);
    text_bytes(&killed, e->s.line.s + from, to - from);
  }
  text_splice(&e->s.line, from, to - from, "", 0);
  move(e, from);
}

static void transpose(struct editing *e) {
  struct text *t = &e->s.line;
  size_t b = e->s.at < t->len ? e->s.at : previous(t, e->s.at);
  size_t a = previous(t, b), end = next(t, b);
  if (a == b || b == end) return;
  char first[16];
  size_t n = b - a;
  if (n > sizeof first) return;
  memcpy(first, t->s + a, n);
  memmove(t->s + a, t->s + b, end - b);
  memcpy(t->s + a + (end - b), first, n);
  move(e, end);
}

/* ---- history ---- */

static void show(struct editing *e, const char *line) {
  text_clear(&e->s.line);
  text_str(&e->s.line, line);
  move(e, e->s.line.len);
}

/* Up and Down go through the lines that begin with what was typed. */
static void recall(struct editing *e, int step) {
  int i = e->recalled;
  if (i == history_count()) {
    text_clear(&e->typed);
    text_bytes(&e->typed, e->s.line.s, e->s.line.len);
  }
  do {
    i += step;
    if (i < 0 || i > history_count()) return;
  } while (i < history_count() && strncmp(history_get(i), e->typed.s, e->typed.len));
  e->recalled = i;
  show(e, i == history_count() ? e->typed.s : history_get(i));
}

/* The newest line before `from` that contains what is sought, or -1. */
static int seek(const char *what, int from) {
  for (int i = from; i >= 0; i--)
    if (strstr(history_get(i), what)) return i;
  return -1;
}

/* Ctrl-R. The search shows behind the prompt; returns the key that ended it, or KEY_NONE. */
static int search(struct editing *e) {
  struct text what = {0}, line = {0};
  int found = -1, key;
  text_clear(&what);
  text_bytes(&line, e->s.line.s, e->s.line.len);
  size_t at = e->s.at;
  for (;;) {
    const char *match = found >= 0 ? history_get(found) : "";
    text_clear(&e->s.line);
    text_str(&e->s.line, found < 0 && what.len ? "(no match) '" : "(search) '");
    text_bytes(&e->s.line, what.s, what.len);
    text_str(&e->s.line, "': ");
    size_t lead = e->s.line.len;
    const char *hit = found >= 0 ? strstr(match, what.s) : NULL;
    text_str(&e->s.line, match);
    move(e, lead + (hit ? (size_t)(hit - match) : 0));
    key = key_read(0);
    if (key == KEY_RESIZE) {
      screen_resized(&e->s);
    } else if (key == CONTROL('R')) {
      int older = seek(what.s, found >= 0 ? found - 1 : history_count() - 1);
      if (older >= 0) found = older;
    } else if (key == 127 || key == 8) {
      what.len = previous(&what, what.len);
      what.s[what.len] = 0;
      found = what.len ? seek(what.s, history_count() - 1) : -1;
    } else if (key >= ' ' && key < 256 && key != 127) {
      text_byte(&what, key);
      found = seek(what.s, found >= 0 ? found : history_count() - 1);
    } else if (key != KEY_NONE) {
      break;
    }
  }
  bool cancelled = key == CONTROL('G') || key == CONTROL('C') || found < 0;
  text_clear(&e->s.line);
  if (cancelled) text_bytes(&e->s.line, line.s, line.len);
  else text_str(&e->s.line, history_get(found));
  if (!cancelled) e->recalled = found;
  move(e, cancelled ? at : e->s.line.len);
  text_free(&what);
  text_free(&line);
  return key == CONTROL('G') || key == CONTROL('C') || key == 27 ? KEY_NONE : key;
}

/* ---- completion ---- */

static void list_candidates(struct editing *e, const struct fields *f) {
  struct text t = {0};
  int widest = 0;
  for (int i = 0; i < f->n; i++)
    if ((int)strlen(f->v[i]) > widest) widest = (int)strlen(f->v[i]);
  int columns = e->s.columns / (widest + 2);
  if (columns < 1) columns = 1;
  int rows = (f->n + columns - 1) / columns;
  for (int row = 0; row < rows; row++) {
    for (int i = row; i < f->n; i += rows) {
      text_str(&t, f->v[i]);
      if (i + rows < f->n)
        for (int n = (int)strlen(f->v[i]); n < widest + 2; n++) text_byte(&t, ' ');
    }
    text_str(&t, "\r\n");
  }
  screen_leave(&e->s);
  write_all(1, t.s, t.len);
  text_free(&t);
  screen_begin(&e->s);
}

static void complete_here(struct editing *e) {
  struct mark mark = arena_mark(&sh.scratch);
  struct fields candidates = {0};
  complete(&e->s, &candidates);
  if (candidates.n) list_candidates(e, &candidates);
  screen_draw(&e->s);
  arena_release(&sh.scratch, mark);
}

/* set -b: above the line that is being typed. */
static void tell_changes(struct editing *e) {
  child_changed = 0;
  screen_leave(&e->s);
  jobs_notify();
  screen_begin(&e->s);
  screen_draw(&e->s);
}

/* ---- keys ---- */

static void finish(struct editing *e, enum edit result) {
  e->done = true;
  e->result = result;
}

static void insert_character(struct editing *e, int first) {
  char bytes[4] = {(char)first};
  int n = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  for (int i = 1; i < n; i++) bytes[i] = (char)key_read(0);
  screen_insert(&e->s, bytes, (size_t)n);
}

static void paste(struct editing *e) {
  struct text t = {0};
  key_paste(0, &t);
  /* A copied line usually brings its newline; Enter stays the user's to press. */
  while (t.len && t.s[t.len - 1] == '\n') t.len--;
  if (t.len) screen_insert(&e->s, t.s, t.len);
  text_free(&t);
}

static void clear_screen(struct editing *e) {
  write_all(1, "\033[H\033[2J", 7);
  screen_begin(&e->s);
  screen_draw(&e->s);
}

static void press(struct editing *e, int key) {
  struct text *t = &e->s.line;
  size_t at = e->s.at;
  switch (key) {
    case '\r':
    case '\n': finish(e, EDIT_LINE); break;
    case CONTROL('C'): finish(e, EDIT_INTERRUPT); break;
    case CONTROL('D'):
      if (!t->len) finish(e, EDIT_EOF);
      else erase(e, at, next(t, at), false);
      break;
    case KEY_EOF: finish(e, EDIT_EOF); break;
    case KEY_DELETE: erase(e, at, next(t, at), false); break;
    case 8:
    case 127: erase(e, previous(t, at), at, false); break;
    case CONTROL('A'):
    case KEY_HOME: move(e, 0); break;
    case CONTROL('E'):
    case KEY_END: move(e, t->len); break;
    case CONTROL('B'):
    case KEY_LEFT: move(e, previous(t, at)); break;
    case CONTROL('F'):
    case KEY_RIGHT: move(e, next(t, at)); break;
    case KEY_WORD_LEFT: move(e, word_left(t, at)); break;
    case KEY_WORD_RIGHT: move(e, word_right(t, at)); break;
    case CONTROL('K'): erase(e, at, t->len, true); break;
    case CONTROL('U'): erase(e, 0, at, true); break;
    case CONTROL('W'): erase(e, blank_word_left(t, at), at, true); break;
    case KEY_KILL_WORD: erase(e, at, word_right(t, at), true); break;
    case KEY_KILL_WORD_BACK: erase(e, word_left(t, at), at, true); break;
    case CONTROL('Y'):
      if (killed.len) screen_insert(&e->s, killed.s, killed.len);
      break;
    case CONTROL('T'): transpose(e); break;
    case CONTROL('L'): clear_screen(e); break;
    case CONTROL('P'):
    case KEY_UP: recall(e, -1); break;
    case CONTROL('N'):
    case KEY_DOWN: recall(e, 1); break;
    case CONTROL('R'): press(e, search(e)); break;
    case '\t': complete_here(e); break;
    case KEY_PASTE: paste(e); break;
    case KEY_RESIZE: screen_resized(&e->s); break;
    case KEY_NONE:
      traps_run();
      if (child_changed) tell_changes(e);
      break;
    default:
      if (key >= ' ' && key < 256) insert_character(e, key);
  }
}

/* ---- a line ---- */

static bool raw_mode(const struct termios *cooked) {
  struct termios raw = *cooked;
  raw.c_iflag &= ~(tcflag_t)(ICRNL | INLCR | IGNCR | IXON);
  raw.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG | IEXTEN);
  raw.c_cc[VMIN] = 1;
  raw.c_cc[VTIME] = 0;
  return tcsetattr(0, TCSADRAIN, &raw) == 0;
}

/* For a terminal that cannot move its cursor: its own line editing must do. */
static enum edit plain_line(const char *prompt, struct text *line) {
  write_all(1, prompt, strlen(prompt));
  for (;;) {
    char c;
    ssize_t n = read(0, &c, 1);
    if (n < 0 && errno == EINTR && !sh.interrupted) {
      traps_run();
      continue;
    }
    if (n < 0 && errno == EINTR) {
      write_all(1, "\n", 1);
      sh.interrupted = 0;
      return EDIT_INTERRUPT;
    }
    if (n <= 0) return line->len ? EDIT_LINE : EDIT_EOF;
    if (c == '\n') return EDIT_LINE;
    text_byte(line, c);
  }
}

enum edit edit_line(const char *prompt, struct text *line) {
  struct editing e;
  struct termios cooked;
  const char *term = var_get("TERM");
  text_clear(line);
  if ((term && strcmp(term, "dumb") == 0) || tcgetattr(0, &cooked) < 0 || !raw_mode(&cooked))
    return plain_line(prompt, line);
  memset(&e, 0, sizeof e);
  e.s.prompt = prompt;
  e.recalled = history_count();
  text_clear(&e.s.line);
  text_clear(&e.typed);
  write_all(1, "\033[?2004h", 8);
  screen_begin(&e.s);
  while (!e.done) press(&e, key_read(0));
  if (e.result == EDIT_LINE) text_bytes(line, e.s.line.s, e.s.line.len);
  if (e.result == EDIT_INTERRUPT) {
    /* Shown where the line ends, as the terminal itself would. */
    e.s.at = e.s.line.len;
    screen_insert(&e.s, "^C", 2);
  }
  if (e.result == EDIT_EOF) screen_insert(&e.s, "exit", 4);
  screen_leave(&e.s);
  write_all(1, "\033[?2004l", 8);
  tcsetattr(0, TCSADRAIN, &cooked);
  text_free(&e.s.line);
  text_free(&e.typed);
  return e.result;
}
