/* See xargs-input.h. */
#include "xargs-input.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "space.h"
#include "tool.h"

struct xargs_input xargs_input = {.separator = -1};

/* What ends with the separator, all of it as it is. */
static char *next_piece(void) {
  char *piece = 0;
  size_t room = 0;
  ssize_t length = getdelim(&piece, &room, xargs_input.separator, xargs_input.file);
  if (length <= 0) {
    free(piece);
    return 0;
  }
  if ((unsigned char)piece[length - 1] == xargs_input.separator) piece[length - 1] = 0;
  return piece;
}

/* With '…', "…" and \ as the shell knows them; a newline ends a word also within quotes, which is a mistake. */
static char *next_word(int *line_ended) {
  struct space word = {0, 0, 0};
  int c, quote = 0, any = 0;
  while ((c = getc(xargs_input.file)) != EOF && isspace(c)) continue;
  for (; c != EOF && c != '\n'; c = getc(xargs_input.file)) {
    if (!quote && isspace(c) && !xargs_input.by_lines) break;
    any = 1;
    if (quote ? c == quote : c == '\'' || c == '"') {
      quote = quote ? 0 : c;
      continue;
    }
    if (!quote && c == '\\' && (c = getc(xargs_input.file)) == EOF) break;
    space_append(&word, &(char){(char)c}, 1);
  }
  if (quote) {
    tool_complain("unmatched %s quote; by default quotes are special to xargs unless you use the -0 option", quote == '"' ? "double" : "single");
    exit(1);
  }
  *line_ended = c == '\n' || c == EOF;
  space_append(&word, "", 1);
  if (any && !(xargs_input.end_word && strcmp(word.text, xargs_input.end_word) == 0)) return word.text;
  free(word.text);
  return 0;
}

char *xargs_next(int *line_ended) {
  *line_ended = 1;
  return xargs_input.separator < 0 ? next_word(line_ended) : next_piece();
}

int xargs_separator(const char *text) {
  static const char letters[] = "abfnrtv\\", meanings[] = "\a\b\f\n\r\t\v\\";
  if (*text && !text[1]) return (unsigned char)*text;
  if (*text == '\\' && text[1]) {
    char *end = "?";
    const char *known = strchr(letters, text[1]);
    if (known && !text[2]) return meanings[known - letters];
    long value = text[1] == 'x' ? strtol(text + 2, &end, 16) : strtol(text + 1, &end, 8);
    if (!*end && value >= 0 && value < 256) return (int)value;
  }
  tool_complain("Invalid input delimiter specification %s: the delimiter must be either a single character or an escape sequence starting with \\.", text);
  exit(1);
}
