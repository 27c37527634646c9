/*
 * Simple commands (XCU 2.9.1): expansion, then assignments and redirections, then a special builtin, a
 * function, a builtin or a program, looked for in that order (XCU 2.9.1.1).
 */
#include "sh.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool plain(const char *s) {
  for (; *s; s++)
    if (!is_name_char((unsigned char)*s) && !strchr("-./:=+,%@", *s)) return false;
  return true;
}

static void trace_word(struct text *t, const char *s) {
  if (*s && plain(s)) {
    text_str(t, s);
    return;
  }
  text_byte(t, '\'');
  for (; *s; s++) {
    if (*s == '\'') text_str(t, "'\\''");
    else text_byte(t, *s);
  }
  text_byte(t, '\'');
}

/* set -x: the command after expansion, where standard error was before its own redirections. */
static void trace(const struct assign *assigns, char **argv, const struct saved_fd *saved) {
  const char *ps4 = var_get("PS4");
  struct text t = {0};
  sh.xtrace = false; /* for a $( ) in it */
  text_str(&t, ps4 ? expand_prompt(ps4) : "");
  sh.xtrace = true;
  for (; assigns; assigns = assigns->next) {
    const char *value = var_get(assigns->name);
    text_str(&t, assigns->name);
    text_byte(&t, '=');
    trace_word(&t, value ? value : "");
    if (assigns->next || *argv) text_byte(&t, ' ');
  }
  for (; *argv; argv++) {
    trace_word(&t, *argv);
    if (argv[1]) text_byte(&t, ' ');
  }
  text_byte(&t, '\n');
  write_all(redirected_from(saved, 2), t.s, t.len);
  text_free(&t);
}

/* saved: where to put the old values; NULL: the assignments stay. -1 after a message. */
static int assign_all(const struct assign *a, struct saved_var **saved, bool export) {
  for (; a; a = a->next) {
    char *value = expand_assignment(a->value);
    if (!value) return -1;
    if (saved) var_save(saved, a->name);
    if (var_set(a->name, value) < 0) return -1;
    if (export) var_make(a->name)->exported = true;
  }
  return 0;
}

int exec_function(struct function *f, int argc, char **argv) {
  char **params = sh.params;
  int nparams = sh.nparams, loops = sh.loop_depth;
  struct saved_var *locals = sh.locals;
  struct arena *tree = sh.tree, *own = f->arena;
  own->users++; /* it may be redefined while it runs */
  sh.params = NULL;
  sh.nparams = 0;
  sh.locals = NULL;
  sh.loop_depth = 0;
  sh.function_depth++;
  sh.tree = own;
  set_params(argc - 1, argv + 1);
  exec_node(f->body, 0);
  if (sh.unwind == UNWIND_RETURN) sh.unwind = GO;
  set_params(0, NULL);
  free(sh.params);
  vars_restore(&sh.locals);
  sh.params = params;
  sh.nparams = nparams;
  sh.locals = locals;
  sh.loop_depth = loops;
  sh.function_depth--;
  sh.tree = tree;
  arena_drop(own);
  return sh.status;
}

/* Only assignments and redirections; the latter as if in a subshell. */
static int exec_nameless(struct node *n) {
  struct saved_fd *saved = NULL;
  char *nothing = NULL;
  if (assign_all(n->assigns, NULL, false) < 0) return fail_command(2);
  if (sh.xtrace && n->assigns) trace(n->assigns, &nothing, NULL);
  bool failed = redirect(n->redirs, &saved) < 0;
  redirect_restore(&saved);
  return failed ? 2 : sh.substitution_status > 0 ? sh.substitution_status : 0;
}

/* A program: in place of the shell when nothing is left for it to do, otherwise beside it. */
static int run_program(struct node *n, char **argv, bool last) {
  if (last) {
    signals_for_child(false);
    _exit(exec_program(argv));
  }
  if (!n->assigns) search_remembered(argv[0]); /* the child could not keep it */
  struct job *j = job_new(n->source);
  pid_t pid = job_fork(j, FORK_FOREGROUND);
  if (pid == 0) _exit(exec_program(argv));
  if (pid < 0) {
    job_free(j);
    return fail_fork();
  }
  return job_wait_foreground(j);
}

/*
 * Redirections, then assignments, both in the shell itself even for a program: what their expansion
 * assigns is there afterwards, and what it prints goes where the redirections say.
 */
static int run(struct node *n, struct function *f, const struct builtin *b, struct fields *args, bool last) {
  struct saved_fd *fds = NULL;
  struct saved_var *vars = NULL;
  bool special = b && b->special, executes = b && b->run == builtin_exec;
  int status;
  if (redirect(n->redirs, last && !sh.xtrace ? NULL : &fds) < 0) {
    redirect_restore(&fds);
    return special ? fail_command(2) : 2;
  }
  if (assign_all(n->assigns, special || last ? NULL : &vars, !special || (executes && args->n > 1)) < 0) {
    status = fail_command(2);
  } else {
    if (sh.xtrace) trace(n->assigns, args->v, fds);
    status = f   ? exec_function(f, args->n, args->v)
             : b ? b->run(args->n, args->v)
                 : run_program(n, args->v, last);
    if (out_flush() < 0 && status == 0) status = 1;
  }
  vars_restore(&vars);
  if (sh.keep_redirections) redirect_forget(&fds);
  else redirect_restore(&fds);
  sh.keep_redirections = false;
  return status;
}

int exec_simple(struct node *n, int flags) {
  struct mark mark = arena_mark(&sh.scratch);
  struct fields f = {0};
  int status;
  sh.substitution_status = -1;
  if (expand_words(n->words, &f) < 0) {
    status = fail_command(2);
  } else if (f.n == 0) {
    status = exec_nameless(n);
  } else {
    const struct builtin *b = builtin_find(f.v[0]);
    struct function *function = b && b->special ? NULL : function_find(f.v[0]);
    bool last = !function && !b && (flags & X_EXIT) && !traps_any() && !sh.jobctl;
    status = run(n, function, function ? NULL : b, &f, last);
  }
  arena_release(&sh.scratch, mark);
  return status;
}
