/* See split-string.h. The rules are those of GNU's env: a first line of a script is one argument for it. */
#include "split-string.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include "space.h"
#include "tool.h"

static struct space word;
static char **words;
static int word_count, is_open;

static _Noreturn void fail(const char *format, const char *what) {
  tool_complain(format, what);
  exit(125);
}

static void put(char c) {
  space_append(&word, &c, 1);
  is_open = 1;
}

static void end_word(void) {
  if (!is_open) return;
  space_append(&word, "", 1);
  words = realloc(words, ((size_t)word_count + 2) * sizeof *words);
  char *copy = words ? strdup(word.text) : 0;
  if (!copy) exit(tool_failed("malloc") + 124);
  words[word_count++] = copy;
  word.size = 0;
  is_open = 0;
}

/* What follows a backslash outside of single quotes; 0 for \c, behind which nothing counts. */
static int escape(char c, int quoted) {
  static const char letters[] = "fnrtv", meanings[] = "\f\n\r\t\v";
  const char what[] = {c, 0}, *known = c ? strchr(letters, c) : 0;
  if (known) put(meanings[known - letters]);
  else if (c == '_' && quoted) put(' ');
  else if (c == '_') end_word();
  else if (c == 'c' && quoted) fail("'\\c' must not appear in double-quoted -S string", "");
  else if (c == 'c') return 0;
  else if (!c) fail("invalid backslash at end of string in -S", "");
  else if (strchr("\"#$'\\", c)) put(c);
  else fail("invalid sequence '\\%s' in -S", what);
  return 1;
}

/* ${NAME}: the place of its brace. */
static const char *variable(const char *at) {
  const char *name = at + 2, *end = name;
  while (isalnum((unsigned char)*end) || *end == '_') end++;
  if (at[1] != '{' || *end != '}' || end == name || isdigit((unsigned char)*name))
    fail("only ${VARNAME} expansion is supported, error at: %s", at);
  char *copy = strndup(name, (size_t)(end - name));
  const char *value = copy ? getenv(copy) : 0;
  for (; value && *value; value++) put(*value);
  free(copy);
  return end;
}

char **split_string(const char *text, int *count) {
  char quote = 0;
  for (const char *at = text; *at; at++) {
    if (quote == '\'') {
      if (*at == '\\' && (at[1] == '\\' || at[1] == '\'')) put(*++at);
      else if (*at == '\'') quote = 0;
      else put(*at);
    } else if (*at == '\\') {
      if (!escape(*++at, quote)) break;
    } else if (*at == '$') {
      at = variable(at);
    } else if (*at == quote) {
      quote = 0;
    } else if (!quote && (*at == '"' || *at == '\'')) {
      quote = *at;
      is_open = 1; /* also an empty one is a word */
    } else if (!quote && isspace((unsigned char)*at)) {
      end_word();
    } else if (!quote && *at == '#' && !is_open) {
      break;
    } else {
      put(*at);
    }
  }
  if (quote) fail("no terminating quote in -S string", "");
  end_word();
  if (!words) words = calloc(1, sizeof *words);
  if (!words) exit(tool_failed("malloc") + 124);
  words[word_count] = 0;
  *count = word_count;
  return words;
}
