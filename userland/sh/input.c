/*
 * Where commands come from: a string (-c, eval), a script, standard input, or the line editor.
 *
 * A shell that reads its commands from standard input must leave the rest of it to the commands it
 * runs (XCU sh, STDIN), so it never reads beyond a line: a seekable file is read in blocks and wound
 * back to just after the newline, anything else byte by byte.
 */
#include "sh.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static ssize_t read_some(int fd, char *buf, size_t n) {
  for (;;) {
    ssize_t r = read(fd, buf, n);
    if (r >= 0 || errno != EINTR) return r;
  }
}

/* What was read since `from`, without the NULs that no word can hold. */
static void drop_nuls(struct text *t, size_t from) {
  size_t to = from;
  for (size_t i = from; i < t->len; i++)
    if (t->s[i]) t->s[to++] = t->s[i];
  t->len = to;
  t->s[to] = 0;
}

/* The next line of a script. A line at a time, because `set -v` shows it and an alias may change it. */
static enum fill fill_script(struct source *s, struct text *t) {
  size_t before = t->len;
  for (;;) {
    const char *start = s->ahead.s + s->taken;
    size_t left = s->ahead.len - s->taken;
    const char *newline = left ? memchr(start, '\n', left) : NULL;
    size_t n = newline ? (size_t)(newline + 1 - start) : left;
    if (n) text_bytes(t, start, n);
    s->taken += n;
    if (newline) return FILL_OK;
    char block[1024];
    ssize_t got = read_some(s->fd, block, sizeof block);
    if (got <= 0) return t->len > before ? FILL_OK : FILL_EOF;
    text_clear(&s->ahead);
    text_bytes(&s->ahead, block, (size_t)got);
    s->taken = 0;
  }
}

static enum fill fill_string(struct source *s, struct text *t) {
  if (!s->string || !*s->string) return FILL_EOF;
  size_t n = strcspn(s->string, "\n");
  n += s->string[n] == '\n';
  text_bytes(t, s->string, n);
  s->string += n;
  return FILL_OK;
}

static enum fill fill_stdin(int fd, struct text *t) {
  char block[512];
  size_t before = t->len;
  bool seekable = lseek(fd, 0, SEEK_CUR) >= 0;
  for (;;) {
    ssize_t n = read_some(fd, block, seekable ? sizeof block : 1);
    if (n <= 0) return t->len > before ? FILL_OK : FILL_EOF;
    char *newline = memchr(block, '\n', (size_t)n);
    if (newline && seekable) {
      ssize_t keep = newline + 1 - block;
      if (keep < n) lseek(fd, keep - n, SEEK_CUR);
      n = keep;
    }
    text_bytes(t, block, (size_t)n);
    if (newline) return FILL_OK;
  }
}

static enum fill fill_editor(struct text *t, bool more) {
  struct text line = {0};
  enum edit e = edit_line(prompt_text(more), &line);
  if (e == EDIT_LINE) {
    if (more) history_extend(line.s);
    else history_add(line.s);
    text_bytes(t, line.s, line.len);
    text_byte(t, '\n');
  }
  text_free(&line);
  if (e == EDIT_INTERRUPT && trap_get(SIGINT)) {
    raise(SIGINT); /* the terminal would have sent it, were it not raw */
    traps_run();
  }
  return e == EDIT_LINE ? FILL_OK : e == EDIT_EOF ? FILL_EOF : FILL_INTERRUPT;
}

static void prompt_plainly(bool more) {
  const char *prompt = prompt_text(more);
  write_all(2, prompt, strlen(prompt));
}

enum fill source_fill(struct source *s, struct text *t, bool more) {
  size_t before = t->len;
  enum fill result = FILL_EOF;
  switch (s->kind) {
    case SOURCE_STRING: return fill_string(s, t);
    case SOURCE_FILE: result = fill_script(s, t); break;
    case SOURCE_STDIN:
      if (sh.interactive) prompt_plainly(more);
      result = fill_stdin(s->fd, t);
      break;
    case SOURCE_EDITOR: return fill_editor(t, more);
  }
  if (result == FILL_OK) drop_nuls(t, before);
  if (sh.verbose && result == FILL_OK) write_all(2, t->s + before, t->len - before);
  return result;
}
