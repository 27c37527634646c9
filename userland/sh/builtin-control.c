/* Builtins about what runs next: break, continue, return, exit, eval, dot, exec, command, trap. */
#include "sh.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int builtin_colon(int argc, char **argv) {
  (void)argc;
  (void)argv;
  return 0;
}

int builtin_false(int argc, char **argv) {
  (void)argc;
  (void)argv;
  return 1;
}

/* Those without options take "--" all the same (XBD 12.2). */
static int first_operand(int argc, char **argv) {
  return argc > 1 && strcmp(argv[1], "--") == 0 ? 2 : 1;
}

/* An optional count or status; -1 after a message. */
static int number_operand(int argc, char **argv, int otherwise) {
  int i = first_operand(argc, argv);
  if (argc <= i) return otherwise;
  char *end;
  long n = strtol(argv[i], &end, 10);
  if (!*argv[i] || *end || n < 0) {
    warn("%s: %s: not a number", argv[0], argv[i]);
    return -1;
  }
  return (int)n;
}

static int leave_loops(int argc, char **argv, enum unwind how) {
  int n = number_operand(argc, argv, 1);
  if (n < 1) {
    if (n == 0) warn("%s: 0: not a positive number", argv[0]);
    return fail_command(2);
  }
  if (sh.loop_depth > 0) {
    sh.unwind_levels = n > sh.loop_depth ? sh.loop_depth : n;
    sh.unwind = how;
  }
  return 0;
}

int builtin_break(int argc, char **argv) { return leave_loops(argc, argv, UNWIND_BREAK); }
int builtin_continue(int argc, char **argv) { return leave_loops(argc, argv, UNWIND_CONTINUE); }

int builtin_return(int argc, char **argv) {
  bool in_trap = sh.trap_status >= 0 && sh.trap_depth == sh.function_depth + sh.dot_depth;
  int n = number_operand(argc, argv, in_trap ? sh.trap_status : sh.status);
  if (n < 0) {
    return fail_command(2);
  }
  bool inside = sh.function_depth > 0 || sh.dot_depth > 0;
  if (inside) sh.unwind = UNWIND_RETURN;
  else if (!at_prompt()) return leave_shell(n & 255), sh.status;
  return n & 255;
}

int builtin_exit(int argc, char **argv) {
  static bool warned;
  int n = number_operand(argc, argv, sh.trap_status >= 0 ? sh.trap_status : sh.status);
  if (n < 0) {
    return fail_command(2);
  }
  jobs_poll();
  if (at_prompt() && jobs_any(JOB_STOPPED) && !warned) {
    warned = true;
    warn("there are stopped jobs; exit again to leave them");
    return 1;
  }
  leave_shell(n & 255);
  return sh.status;
}

int builtin_eval(int argc, char **argv) {
  struct text t = {0};
  int first = first_operand(argc, argv);
  text_clear(&t);
  for (int i = first; i < argc; i++) {
    if (i > first) text_byte(&t, ' ');
    text_str(&t, argv[i]);
  }
  run_string(t.s);
  text_free(&t);
  return sh.status;
}

/* Looked for in PATH unless it has a slash, and readable is enough (XCU 2.14 dot). */
static int open_dot(const char *name) {
  if (strchr(name, '/')) return open(name, O_RDONLY | O_CLOEXEC);
  char *path = search_readable(name);
  errno = ENOENT;
  return path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
}

int builtin_dot(int argc, char **argv) {
  int i = first_operand(argc, argv);
  if (i >= argc) {
    warn(".: a file is wanted");
    return fail_command(2);
  }
  int fd = open_dot(argv[i]);
  if (fd < 0) {
    warn(".: %s: %s", argv[i], strerror(errno));
    return fail_command(2);
  }
  sh.dot_depth++;
  run_file(fd);
  sh.dot_depth--;
  if (sh.unwind == UNWIND_RETURN) sh.unwind = GO;
  return sh.status;
}

int builtin_exec(int argc, char **argv) {
  int i = first_operand(argc, argv);
  bool control = sh.jobctl && !sh.subshell;
  sh.keep_redirections = i >= argc;
  if (i >= argc) return 0;
  if (control) job_control(false);
  signals_for_child(false);
  int status = exec_program(argv + i);
  traps_restore();
  if (control) job_control(true);
  if (!at_prompt()) leave_shell(status);
  return status;
}

/* ---- command, type ---- */

static char *absolute(const char *path) {
  const char *pwd = var_get("PWD");
  struct text t = {0};
  text_str(&t, pwd ? pwd : ".");
  if (t.s[t.len - 1] != '/') text_byte(&t, '/');
  text_str(&t, strncmp(path, "./", 2) == 0 ? path + 2 : path);
  char *s = arena_strdup(&sh.scratch, t.s);
  text_free(&t);
  return s;
}

/* `command -v`: how the shell would find it; `type` and `command -V` in words. */
static int describe(const char *name, bool in_words) {
  const char *alias = alias_get(name);
  const struct builtin *b = builtin_find(name);
  const char *what = NULL;
  char *path;
  if (alias) {
    if (in_words) out_fmt("%s is an alias for %s\n", name, alias);
    else {
      out_fmt("alias %s=", name);
      out_quoted(alias);
      out_byte('\n');
    }
    return 0;
  }
  if (is_reserved(name)) what = "a shell keyword";
  if (!what && b && b->special) what = "a special shell builtin";
  if (!what && function_find(name)) what = "a shell function";
  if (!what && b) what = "a shell builtin";
  if (what) {
    if (in_words) out_fmt("%s is %s\n", name, what);
    else out_fmt("%s\n", name);
    return 0;
  }
  path = search_path(name);
  if (path) {
    if (*path != '/') path = absolute(path);
    if (in_words) out_fmt("%s is %s\n", name, path);
    else out_fmt("%s\n", path);
    return 0;
  }
  if (in_words) out_fmt("%s: not found\n", name);
  return 127;
}

int builtin_type(int argc, char **argv) {
  int status = 0;
  for (int i = 1; i < argc; i++)
    if (describe(argv[i], true)) status = 127;
  return status;
}

static int run_program(char **argv) {
  struct job *j = job_new(argv[0]);
  pid_t pid = job_fork(j, FORK_FOREGROUND);
  if (pid == 0) _exit(exec_program(argv));
  if (pid < 0) {
    job_free(j);
    return fail_fork();
  }
  return job_wait_foreground(j);
}

/* A special builtin is none here: its errors do not end a script. */
static int run_ordinary(const struct builtin *b, int argc, char **argv) {
  int status = b->run(argc, argv);
  if (sh.unwind == UNWIND_FAIL || (sh.unwind == UNWIND_ABORT && status != 130)) sh.unwind = GO;
  return status;
}

int builtin_command(int argc, char **argv) {
  char seen[3];
  int i = options(argc, argv, "pvV", seen), status = 0;
  if (i < 0) return 2;
  if (i >= argc) return 0;
  const struct builtin *b = builtin_find(argv[i]);
  if (b && !seen[1] && !seen[2]) return run_ordinary(b, argc - i, argv + i);
  sh.default_path = seen[0];
  if (seen[1] || seen[2])
    for (; i < argc; i++) status |= describe(argv[i], seen[2]);
  else
    status = run_program(argv + i);
  sh.default_path = false;
  return status;
}

/* ---- trap ---- */

static void show_trap(int sig, bool named) {
  const char *action = trap_shown(sig);
  if (!action && !named) return;
  out_str("trap -- ");
  if (action) out_quoted(action);
  else out_byte('-');
  if (signal_name(sig)) out_fmt(" %s\n", signal_name(sig));
  else out_fmt(" %d\n", sig);
}

int builtin_trap(int argc, char **argv) {
  bool print = argc > 1 && strcmp(argv[1], "-p") == 0;
  int i = print ? 2 : first_operand(argc, argv), status = 0;
  if (i >= argc) {
    for (int sig = 0; sig < 65; sig++) show_trap(sig, false);
    return 0;
  }
  const char *action = argv[i];
  char *end;
  (void)strtol(action, &end, 10);
  /* A number first, or a lone operand: everything named goes back to its default. */
  bool reset = (*action && !*end) || argc == i + 1 || strcmp(action, "-") == 0;
  if (!print && !(reset && strcmp(action, "-") != 0)) i++;
  for (; i < argc; i++) {
    int sig = signal_number(argv[i]);
    if (sig < 0) {
      warn("trap: %s: no such signal", argv[i]);
      status = 1;
    } else if (print) {
      show_trap(sig, true);
    } else {
      trap_set(sig, reset ? NULL : action);
    }
  }
  return status;
}
