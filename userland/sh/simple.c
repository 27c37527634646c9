/*
 * Simple commands (XCU 2.9.1): expansion, then assignments and redirections, then a special builtin, a
 * function, a builtin or a program, looked for in that order (XCU 2.9.1.1).
 */
#include "sh.h"

#include <errno.h>
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

/* set -x: the command after expansion, on standard error. */
void exec_trace(const struct assign *assigns, char **argv) {
  const char *ps4 = var_get("PS4");
  struct text t = {0};
  sh.xtrace = false; /* for a $( ) in it */
  text_str(&t, ps4 ? expand_prompt(ps4) : "");
  sh.xtrace = true;
  for (; assigns; assigns = assigns->next) {
    const char *value = var_get(assigns->name);
    text_fmt(&t, "%.200s=", assigns->name);
    trace_word(&t, value ? value : "");
    if (assigns->next || *argv) text_byte(&t, ' ');
  }
  for (; *argv; argv++) {
    trace_word(&t, *argv);
    if (argv[1]) text_byte(&t, ' ');
  }
  text_byte(&t, '\n');
  write_all(2, t.s, t.len);
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
  if (sh.function_depth >= 500) {
    warn("%s: functions nested too deeply", f->name);
    return fail_command(2);
  }
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
  if (assign_all(n->assigns, NULL, false) < 0) {
    return fail_command(2);
  }
  if (sh.xtrace && n->assigns) exec_trace(n->assigns, &nothing);
  bool failed = redirect(n->redirs, &saved) < 0;
  redirect_restore(&saved);
  return failed ? 1 : sh.substitution_status > 0 ? sh.substitution_status : 0;
}

/* Runs in the shell itself: functions and builtins. */
static int exec_inside(struct node *n, struct function *f, const struct builtin *b, int argc,
                       char **argv) {
  struct saved_fd *fds = NULL;
  struct saved_var *vars = NULL;
  bool special = b && b->special;
  bool keep_fds = b && b->run == builtin_exec && argc == 1;
  int status;
  if (redirect(n->redirs, &fds) < 0) {
    redirect_restore(&fds);
    return special ? fail_command(2) : 1;
  }
  if (assign_all(n->assigns, special ? NULL : &vars, !special || (b->run == builtin_exec && argc > 1)) < 0) {
    status = fail_command(2);
  } else {
    if (sh.xtrace) exec_trace(n->assigns, argv);
    status = f ? exec_function(f, argc, argv) : b->run(argc, argv);
    if (out_flush() < 0 && status == 0) status = 1;
  }
  vars_restore(&vars);
  if (keep_fds) redirect_forget(&fds);
  else redirect_restore(&fds);
  return status;
}

static void exec_outside(struct node *n, char **argv) {
  if (redirect(n->redirs, NULL) < 0) _exit(1);
  if (assign_all(n->assigns, NULL, true) < 0) _exit(2);
  if (sh.xtrace) exec_trace(n->assigns, argv);
  _exit(exec_program(argv));
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
    if (function || b) {
      status = exec_inside(n, function, function ? NULL : b, f.n, f.v);
    } else if ((flags & X_EXIT) && !traps_any() && !sh.jobctl) {
      signals_for_child(false);
      exec_outside(n, f.v);
      status = 127;
    } else {
      if (!n->assigns) search_remembered(f.v[0]); /* the child could not keep it */
      struct job *j = job_new(n->source);
      pid_t pid = job_fork(j, FORK_FOREGROUND);
      if (pid == 0) exec_outside(n, f.v);
      if (pid < 0) {
        job_free(j);
        status = fail_fork();
      } else {
        status = job_wait_foreground(j);
      }
    }
  }
  arena_release(&sh.scratch, mark);
  return status;
}
