/*
 * What the shell itself prints. Builtins collect their output and flush it once, before anything
 * forks, so nothing is printed twice; messages go to standard error at once.
 */
#include "sh.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static struct text out, *captured;
static bool failed;

/* Returns through errno = 0 when all was written. */
void write_all(int fd, const char *s, size_t n) {
  errno = 0;
  while (n > 0) {
    ssize_t w = write(fd, s, n);
    if (w < 0) {
      if (errno == EINTR && !sh.interrupted) continue;
      return;
    }
    s += w;
    n -= (size_t)w;
  }
  errno = 0;
}

static void flush_now(void) {
  if (!out.len) return;
  if (captured) {
    text_bytes(captured, out.s, out.len);
    out.len = 0;
    return;
  }
  write_all(1, out.s, out.len);
  if (errno) {
    if (!failed) warn("write error: %s", strerror(errno));
    failed = true;
  }
  out.len = 0;
}

struct text *out_capture(struct text *into) {
  struct text *before = captured;
  captured = into;
  return before;
}

void out_byte(int c) {
  text_byte(&out, c);
  if (out.len >= 4096) flush_now();
}

void out_str(const char *s) {
  while (*s) out_byte(*s++);
}

void out_fmt(const char *fmt, ...) {
  char line[512];
  va_list ap;
  va_start(ap, fmt);
  vsnprintf(line, sizeof line, fmt, ap);
  va_end(ap);
  out_str(line);
}

void out_quoted(const char *s) {
  out_byte('\'');
  for (; *s; s++) {
    if (*s == '\'') out_str("'\\''");
    else out_byte(*s);
  }
  out_byte('\'');
}

int out_flush(void) {
  flush_now();
  int result = failed ? -1 : 0;
  failed = false;
  return result;
}

void warn(const char *fmt, ...) {
  char message[512];
  va_list ap;
  va_start(ap, fmt);
  int n = snprintf(message, 64, "%.40s: ", sh.interactive || !sh.name ? "sh" : sh.name);
  if (!sh.interactive && sh.line > 0) n += snprintf(message + n, 20, "%d: ", sh.line);
  int m = vsnprintf(message + n, sizeof message - (size_t)n - 1, fmt, ap);
  va_end(ap);
  n = m > (int)sizeof message - n - 2 ? (int)sizeof message - 2 : n + m;
  message[n++] = '\n';
  int saved = errno;
  write_all(2, message, (size_t)n);
  errno = saved;
}
