/*
 * The prompt, and the marks around commands by which a terminal knows exactly where a command begins
 * and how it ended: OSC 633 (A prompt, B input, E command line, C output, D exit status). A terminal
 * that does not know them shows nothing.
 */
#include "sh.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool command_ran, prompted;

static bool starts(const char *s, const char *with) { return strncmp(s, with, strlen(with)) == 0; }

static bool marks_wanted(void) {
  const char *term = var_get("TERM");
  return sh.interactive && term && (starts(term, "xterm") || var_get("VITRINE_MARKS"));
}

static bool colour_wanted(void) {
  const char *term = var_get("TERM");
  return term && *term && strcmp(term, "dumb");
}

/* The current directory, the home directory as ~. */
static void put_cwd(struct text *t) {
  const char *pwd = var_get("PWD"), *home = home_directory();
  size_t n = strlen(home);
  if (!pwd) pwd = "?";
  if (n > 1 && starts(pwd, home) && (!pwd[n] || pwd[n] == '/')) {
    text_byte(t, '~');
    pwd += n;
  }
  text_str(t, pwd);
}

const char *prompt_text(bool more) {
  static struct text t;
  struct mark mark = arena_mark(&sh.scratch);
  const char *custom = var_get(more ? "PS2" : "PS1");
  bool marks = marks_wanted();
  text_clear(&t);
  if (!more) mark_finished();
  if (marks && !more) text_str(&t, "\033]633;A\a");
  if (custom) {
    text_str(&t, expand_prompt(custom));
  } else {
    if (colour_wanted()) text_str(&t, "\033[32m");
    put_cwd(&t);
    if (colour_wanted()) text_str(&t, "\033[m");
    text_str(&t, " $ ");
  }
  if (marks && !more) text_str(&t, "\033]633;B\a");
  arena_release(&sh.scratch, mark);
  return t.s;
}

void mark_command(const char *source) {
  struct text t = {0};
  command_ran = true;
  if (!marks_wanted()) return;
  size_t n = strlen(source);
  while (n > 0 && source[n - 1] == '\n') n--;
  text_str(&t, "\033]633;E;");
  for (size_t i = 0; i < n; i++) {
    unsigned char c = (unsigned char)source[i];
    if (c <= ' ' || c == ';' || c == 127) text_fmt(&t, "\\x%02x", c);
    else if (c == '\\') text_str(&t, "\\\\");
    else text_byte(&t, c);
  }
  text_str(&t, "\a\033]633;C\a");
  write_all(2, t.s, t.len);
  text_free(&t);
}

/* D without a status: the prompt was left without running anything. */
void mark_finished(void) {
  struct text t = {0};
  if (marks_wanted() && prompted) {
    text_str(&t, "\033]633;D");
    if (command_ran) text_fmt(&t, ";%d", sh.status);
    text_byte(&t, '\a');
    write_all(2, t.s, t.len);
    text_free(&t);
  }
  /* Only a terminal that wraps as xterm does can be asked this. */
  if (marks_wanted() && command_ran) screen_own_line();
  prompted = true;
  command_ran = false;
}
