/*
 * Running the tree (XCU 2.9): lists, conditions, loops, pipelines, subshells.
 *
 * Leaving a statement early (break, return, exit, an error) is a state, `sh.unwind`, that everything
 * looks at after each command; there is no longjmp. `X_EXIT` says that the process has nothing left to
 * do after a command, so the last program of a subshell replaces it instead of being waited for.
 */
#include "sh.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

enum { LITTLE_STACK = 32 << 10, MOST_STACK = 4 << 20 };

bool at_prompt(void) { return sh.interactive && !sh.subshell; }

int fail_command(int status) {
  sh.status = status;
  if (!sh.unwind) sh.unwind = at_prompt() ? UNWIND_ABORT : UNWIND_FAIL;
  return status;
}

int fail_fork(void) {
  warn("cannot fork: %s", strerror(errno));
  return fail_command(2);
}

static void check_signals(void) {
  if (sh.interrupted) {
    sh.interrupted = 0;
    sh.status = 130;
    sh.unwind = UNWIND_ABORT;
  }
  traps_run();
}

static int tested(struct node *n) {
  sh.tested++;
  int status = exec_node(n, 0);
  sh.tested--;
  return status;
}

void exec_in_child(struct node *n) {
  become_subshell();
  exec_node(n, X_EXIT);
  shell_exit(sh.status);
}

/* ---- pipelines and what runs beside the shell ---- */

static int fork_failed(struct job *j) {
  if (!j->processes) job_free(j);
  return fail_fork();
}

static int finish_job(struct job *j, bool background) {
  if (!background) return job_wait_foreground(j);
  job_announce(j);
  return 0;
}

static int exec_pipeline(struct node *n, bool background) {
  struct job *j = job_new(n->source);
  int input = -1;
  for (struct node *command = n->first; command; command = command->next) {
    int ends[2] = {-1, -1};
    if (command->next && pipe2(ends, O_CLOEXEC) < 0) {
      warn("cannot make a pipe: %s", strerror(errno));
      if (input >= 0) close(input);
      if (!j->processes) job_free(j);
      return fail_command(2);
    }
    pid_t pid = job_fork(j, background ? FORK_BACKGROUND : FORK_FOREGROUND);
    if (pid == 0) {
      if (ends[0] >= 0) close(ends[0]); /* or the writer would never see its reader go */
      if (input >= 0) fd_move(input, 0);
      if (ends[1] >= 0) fd_move(ends[1], 1);
      exec_in_child(command);
    }
    int error = errno;
    if (input >= 0) close(input);
    if (ends[1] >= 0) close(ends[1]);
    input = ends[0];
    if (pid < 0) {
      if (input >= 0) close(input);
      errno = error;
      return fork_failed(j);
    }
  }
  return finish_job(j, background);
}

static int exec_forked(struct node *n, const char *text, bool background) {
  struct job *j = job_new(text);
  pid_t pid = job_fork(j, background ? FORK_BACKGROUND : FORK_FOREGROUND);
  if (pid == 0) exec_in_child(n);
  return pid < 0 ? fork_failed(j) : finish_job(j, background);
}

static int exec_background(struct node *n) {
  return n->first->kind == N_PIPELINE ? exec_pipeline(n->first, true)
                                      : exec_forked(n->first, n->source, true);
}

/* ---- loops (XCU 2.9.4.2, .5, .6) ---- */

/* After a turn of the body: whether the loop goes on. */
static bool loop_goes_on(void) {
  bool again = true;
  if (sh.unwind == UNWIND_BREAK || sh.unwind == UNWIND_CONTINUE) {
    bool here = --sh.unwind_levels <= 0;
    again = here && sh.unwind == UNWIND_CONTINUE;
    if (here) sh.unwind = GO;
  }
  /* A trap may end the loop as well, even one whose condition is `continue`. */
  check_signals();
  return again && sh.unwind == GO;
}

static int exec_while(struct node *n) {
  int status = 0;
  sh.loop_depth++;
  for (;;) {
    bool yes = (tested(n->first) == 0) == (n->kind == N_WHILE);
    if (sh.unwind) {
      if (loop_goes_on()) continue;
      break;
    }
    if (!yes) break;
    status = exec_node(n->second, 0);
    if (!loop_goes_on()) break;
  }
  sh.loop_depth--;
  return sh.unwind ? sh.status : (sh.status = status);
}

static int exec_for(struct node *n) {
  struct mark mark = arena_mark(&sh.scratch);
  struct fields f = {0};
  int status = 0;
  if (n->has_in) {
    if (expand_words(n->words, &f) < 0) {
      return fail_command(2);
    }
  } else {
    for (int i = 0; i < sh.nparams; i++) fields_add(&f, arena_strdup(&sh.scratch, sh.params[i]));
  }
  sh.loop_depth++;
  for (int i = 0; i < f.n; i++) {
    if (var_set(n->name, f.v[i]) < 0) {
      fail_command(2);
      break;
    }
    status = exec_node(n->second, 0);
    if (!loop_goes_on()) break;
  }
  sh.loop_depth--;
  arena_release(&sh.scratch, mark);
  return sh.unwind ? sh.status : (sh.status = status);
}

static int exec_case(struct node *n, int flags) {
  struct mark mark = arena_mark(&sh.scratch);
  struct case_item *chosen = NULL;
  bool found = false;
  char *subject = expand_string(n->words);
  if (!subject) fail_command(2);
  for (struct case_item *item = n->items; subject && item && !found; item = item->next)
    for (struct word *w = item->patterns; w && !found; w = w->next) {
      char *pattern = expand_pattern(w);
      if (!pattern) {
        fail_command(2);
        subject = NULL;
        break;
      }
      found = pattern_match(pattern, subject);
      if (found) chosen = item;
    }
  arena_release(&sh.scratch, mark);
  for (; chosen && chosen->falls && chosen->next && !sh.unwind; chosen = chosen->next)
    exec_node(chosen->body, 0);
  if (sh.unwind) return sh.status;
  return chosen && chosen->body ? exec_node(chosen->body, flags) : (sh.status = 0);
}

/* ---- everything ---- */

/* Functions, eval and dot may call themselves for ever; half the stack is left for what a command needs. The limit
   is asked for when it may matter: before the first prompt the page may not have the code of that call yet. */
static bool too_deep(void) {
  static uintptr_t base, room;
  struct rlimit limit;
  char here;
  if (!base) base = (uintptr_t)&here;
  if (base < (uintptr_t)&here || base - (uintptr_t)&here < LITTLE_STACK) return false;
  if (!room) {
    bool known = getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur < MOST_STACK * 2;
    room = known ? (uintptr_t)limit.rlim_cur / 2 : MOST_STACK;
  }
  return base - (uintptr_t)&here > room;
}

static int exec_if(struct node *n, int flags) {
  int condition = tested(n->first);
  if (sh.unwind) return sh.status;
  if (condition == 0) return exec_node(n->second, flags);
  return n->third ? exec_node(n->third, flags) : (sh.status = 0);
}

static int exec_and_or(struct node *n, int flags) {
  int status = tested(n->first);
  if (sh.unwind || (status == 0) != (n->kind == N_AND)) return sh.status;
  return exec_node(n->second, flags);
}

static int exec_subshell(struct node *n, int flags) {
  if (!(flags & X_EXIT) || traps_any() || sh.jobctl) return exec_forked(n->first, n->source, false);
  become_subshell();
  return exec_node(n->first, X_EXIT);
}

static int exec_kind(struct node *n, int flags) {
  int status;
  switch (n->kind) {
    case N_SIMPLE: return exec_simple(n, flags);
    case N_PIPELINE: return exec_pipeline(n, false);
    case N_NOT:
      status = tested(n->first);
      return sh.unwind ? sh.status : !status;
    case N_AND:
    case N_OR: return exec_and_or(n, flags);
    case N_LIST:
      exec_node(n->first, 0);
      return sh.unwind ? sh.status : exec_node(n->second, flags);
    case N_BACKGROUND: return exec_background(n);
    case N_SUBSHELL: return exec_subshell(n, flags);
    case N_GROUP: return exec_node(n->first, flags);
    case N_IF: return exec_if(n, flags);
    case N_WHILE:
    case N_UNTIL: return exec_while(n);
    case N_FOR: return exec_for(n);
    case N_CASE: return exec_case(n, flags);
    case N_FUNCTION: function_define(n->name, n->first, sh.tree); return 0;
  }
  return 0;
}

int exec_node(struct node *n, int flags) {
  struct saved_fd *saved = NULL;
  if (!n) return sh.status = 0;
  if (sh.unwind || sh.noexec) return sh.status;
  if (n->line) sh.line = n->line;
  if (too_deep()) {
    warn("commands nested too deeply");
    return fail_command(2);
  }
  bool redirected = n->redirs && n->kind != N_SIMPLE;
  struct mark mark = arena_mark(&sh.scratch);
  bool failed = redirected && redirect(n->redirs, &saved) < 0;
  if (redirected) arena_release(&sh.scratch, mark); /* or a loop would grow by the names of files */
  if (failed) {
    redirect_restore(&saved);
    if (!sh.unwind) sh.status = 2;
  } else {
    sh.status = exec_kind(n, flags);
    if (redirected) redirect_restore(&saved);
  }
  check_signals();
  bool counts = failed || n->kind == N_SIMPLE || n->kind == N_PIPELINE || n->kind == N_SUBSHELL;
  if (counts && sh.status && sh.errexit && !sh.tested && !sh.unwind) leave_shell(sh.status);
  return sh.status;
}
