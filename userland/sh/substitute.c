/*
 * Command substitution (XCU 2.6.3): what a subshell prints, without its last newlines.
 *
 * A process costs more than most of what is substituted does: where a builtin prints and leaves the shell
 * as it was, the shell runs it itself and keeps the output.
 */
#include "sh.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* ---- what needs no process ---- */

/* Its expansion assigns nothing and cannot fail. */
static bool is_pure(const struct word *w) {
  for (const struct part *p = w ? w->parts : NULL; p; p = p->next) {
    bool changes = p->op == OP_ASSIGN || p->op == OP_ERROR || p->op == OP_BAD;
    if (p->kind == PART_ARITH || (p->kind == PART_PARAM && (changes || !is_pure(p->arg)))) return false;
  }
  return true;
}

static bool runs_here(const struct node *n) {
  static const char *const quiet[] = {"echo", "printf", "pwd", "test", "[", "true", "false", "type", "jobs"};
  if (n->kind != N_SIMPLE || n->assigns || n->redirs || !n->words || sh.nounset) return false;
  const char *name = word_literal(n->words), *option = n->words->next ? word_literal(n->words->next) : NULL;
  if (!name || function_find(name)) return false;
  bool known = strcmp(name, "command") == 0 && option && strcmp(option, "-v") == 0;
  for (size_t i = 0; i < sizeof quiet / sizeof *quiet; i++) known |= strcmp(quiet[i], name) == 0;
  for (const struct word *w = n->words; w && known; w = w->next) known = is_pure(w);
  return known;
}

/* Without newlines at its end, nor NULs, which a value cannot hold. */
static char *as_value(struct text *t) {
  size_t to = 0;
  for (size_t i = 0; i < t->len; i++)
    if (t->s[i]) t->s[to++] = t->s[i];
  while (to && t->s[to - 1] == '\n') to--;
  char *s = arena_strndup(&sh.scratch, t->s, to);
  text_free(t);
  return s;
}

static char *output_of_builtin(struct node *n) {
  struct text t = {0}, *outer;
  text_clear(&t);
  out_flush();
  outer = out_capture(&t);
  int status = exec_simple(n, 0);
  out_flush();
  out_capture(outer);
  sh.substitution_status = status;
  return as_value(&t);
}

char *command_output(const struct node *body) {
  struct text t = {0};
  int ends[2];
  if (!body || runs_here(body)) {
    sh.substitution_status = 0;
    return body ? output_of_builtin((struct node *)(uintptr_t)body) : arena_strdup(&sh.scratch, "");
  }
  text_clear(&t);
  out_flush();
  struct job *j = job_new(NULL);
  pid_t pid = -1;
  if (pipe2(ends, O_CLOEXEC) == 0) {
    pid = job_fork(j, FORK_PLAIN);
    if (pid == 0) {
      close(ends[0]);
      fd_move(ends[1], 1);
      exec_in_child((struct node *)(uintptr_t)body);
    }
    close(ends[1]);
    if (pid < 0) close(ends[0]);
  }
  if (pid < 0) {
    warn("cannot fork: %s", strerror(errno));
    job_free(j);
    return NULL;
  }
  for (;;) {
    char block[512];
    ssize_t n = read(ends[0], block, sizeof block);
    if (n < 0 && errno == EINTR && !sh.interrupted) continue;
    if (n <= 0) break;
    text_bytes(&t, block, (size_t)n);
  }
  close(ends[0]);
  sh.substitution_status = job_wait_foreground(j);
  return as_value(&t);
}
