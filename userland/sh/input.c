/*
 * Where commands come from: a string (-c, eval), a script, standard input, or the line editor.
 *
 * A shell that reads its commands from standard input must leave the rest of it to the commands it
 * runs (XCU sh, STDIN), so it never reads beyond a line: a seekable file is read in blocks and wound
 * back to just after the newline, anything else byte by byte.
 */
#include "sh.h"

#include <errno.h>
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

static enum fill fill_script(int fd, struct text *t) {
  char block[1024];
  ssize_t n = read_some(fd, block, sizeof block);
  if (n <= 0) return FILL_EOF;
  text_bytes(t, block, (size_t)n);
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
    text_bytes(t, line.s, line.len);
    text_byte(t, '\n');
  }
  text_free(&line);
  return e == EDIT_LINE ? FILL_OK : e == EDIT_EOF ? FILL_EOF : FILL_INTERRUPT;
}

enum fill source_fill(struct source *s, struct text *t, bool more) {
  size_t before = t->len;
  enum fill result = FILL_EOF;
  switch (s->kind) {
    case SOURCE_STRING:
      if (!s->string || !*s->string) return FILL_EOF;
      text_str(t, s->string);
      s->string = NULL;
      return FILL_OK;
    case SOURCE_FILE: result = fill_script(s->fd, t); break;
    case SOURCE_STDIN: result = fill_stdin(s->fd, t); break;
    case SOURCE_EDITOR: return fill_editor(t, more);
  }
  if (result == FILL_OK) drop_nuls(t, before);
  if (sh.verbose && result == FILL_OK) write_all(2, t->s + before, t->len - before);
  return result;
}
