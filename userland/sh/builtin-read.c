/*
 * read (XCU read): one line, split by IFS into variables. It takes a byte at a time, because what
 * follows the line belongs to whoever reads next.
 */
#include "sh.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* The line without its newline; `quoted` has a 1 for each character that a backslash protected. */
static bool read_line(bool raw, struct text *line, struct text *quoted) {
  bool after_backslash = false;
  for (;;) {
    char c;
    ssize_t n = read(0, &c, 1);
    if (n < 0 && errno == EINTR && !sh.interrupted && !trap_pending(false)) continue;
    if (n <= 0) return false;
    if (!after_backslash) {
      if (c == '\n') return true;
      if (c == '\\' && !raw) {
        after_backslash = true;
        continue;
      }
    }
    bool joins = after_backslash && c == '\n';
    if (joins && at_prompt() && isatty(0)) {
      const char *more = var_get("PS2");
      write_all(2, more ? more : "", more ? strlen(more) : 0);
    }
    if (c && !joins) {
      text_byte(line, c);
      text_byte(quoted, after_backslash);
    }
    after_backslash = false;
  }
}

struct splitter {
  const char *line, *quoted, *ifs;
  size_t at, len;
};

static bool is_separator(const struct splitter *s, size_t i, bool blank) {
  char c = s->line[i];
  if (s->quoted[i] || !strchr(s->ifs, c)) return false;
  return (c == ' ' || c == '\t' || c == '\n') == blank;
}

static void skip_blanks(struct splitter *s) {
  while (s->at < s->len && is_separator(s, s->at, true)) s->at++;
}

/* The next field's end; `at` moves behind its separator. */
static size_t next_field(struct splitter *s) {
  while (s->at < s->len && !is_separator(s, s->at, true) && !is_separator(s, s->at, false)) s->at++;
  size_t end = s->at;
  skip_blanks(s);
  if (s->at < s->len && is_separator(s, s->at, false)) {
    s->at++;
    skip_blanks(s);
  }
  return end;
}

/* The last variable takes the rest, but not a separator that merely ends it. */
static size_t rest(struct splitter *s) {
  size_t end = next_field(s);
  if (s->at >= s->len) return end;
  end = s->len;
  while (end > 0 && is_separator(s, end - 1, true)) end--;
  return end;
}

int builtin_read(int argc, char **argv) {
  bool raw = false;
  int i = 1;
  for (; i < argc && argv[i][0] == '-' && argv[i][1]; i++) {
    const char *s = argv[i] + 1;
    if (strcmp(s, "-") == 0) {
      i++;
      break;
    }
    for (; *s == 'r'; s++) raw = true;
    if (!*s) continue;
    /* -p takes the rest of this argument, or the next one. */
    const char *value = s[1] ? s + 1 : i + 1 < argc ? argv[++i] : NULL;
    if (*s == 'p' && value) {
      if (isatty(0)) write_all(2, value, strlen(value));
    } else {
      warn("read: -%c: %s", *s, *s == 'p' ? "a prompt is wanted" : "no such option");
      return 2;
    }
  }
  if (i >= argc) {
    warn("read: a variable is wanted");
    return 2;
  }
  struct text line = {0}, quoted = {0};
  text_clear(&line);
  text_clear(&quoted);
  int status = read_line(raw, &line, &quoted) ? 0 : 1;
  const char *ifs = var_get("IFS");
  struct splitter s = {line.s, quoted.s, ifs ? ifs : " \t\n", 0, line.len};
  skip_blanks(&s);
  for (; i < argc; i++) {
    size_t start = s.at;
    size_t end = i + 1 < argc ? next_field(&s) : rest(&s);
    char *value = arena_strndup(&sh.scratch, line.s + start, end - start);
    if (name_length(argv[i]) != strlen(argv[i])) {
      warn("read: %s: bad variable name", argv[i]);
      status = 2;
    } else if (var_set(argv[i], value) < 0) {
      status = 2;
    }
  }
  text_free(&line);
  text_free(&quoted);
  return status;
}
