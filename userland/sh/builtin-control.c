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

/* An optional count or status; -1 after a message. */
static int number_operand(int argc, char **argv, int otherwise) {
  int i = argc > 1 && strcmp(argv[1], "--") == 0 ? 2 : 1;
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
  int n = number_operand(argc, argv, sh.status);
  if (n < 0) {
    return fail_command(2);
  }
  bool inside = sh.function_depth > 0 || sh.dot_depth > 0;
  sh.unwind = inside ? UNWIND_RETURN : at_prompt() ? GO : UNWIND_EXIT;
  return n & 255;
}

int builtin_exit(int argc, char **argv) {
  static bool warned;
  int n = number_operand(argc, argv, sh.status);
  if (n < 0) {
    return fail_command(2);
  }
  jobs_poll();
  if (at_prompt() && jobs_any(JOB_STOPPED) && !warned) {
    warned = true;
    warn("there are stopped jobs; exit again to leave them");
    return 1;
  }
  sh.unwind = UNWIND_EXIT;
  return n & 255;
}

int builtin_eval(int argc, char **argv) {
  struct text t = {0};
  text_clear(&t);
  for (int i = 1; i < argc; i++) {
    if (i > 1) text_byte(&t, ' ');
    text_str(&t, argv[i]);
  }
  run_string(t.s);
  text_free(&t);
  return sh.status;
}

int builtin_dot(int argc, char **argv) {
  if (argc < 2) {
    warn(".: a file is wanted");
    return fail_command(2);
  }
  char *path = argv[1];
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (!strchr(path, '/')) {
    /* Looked for in PATH first, readable is enough (XCU 2.14 dot). */
    const char *dirs = var_get("PATH");
    for (int found = -1; dirs && found < 0;) {
      size_t n = strcspn(dirs, ":");
      struct text t = {0};
      text_bytes(&t, dirs, n);
      if (n) text_byte(&t, '/');
      text_str(&t, path);
      found = open(t.s, O_RDONLY | O_CLOEXEC);
      text_free(&t);
      if (found >= 0) {
        if (fd >= 0) close(fd);
        fd = found;
      }
      dirs = dirs[n] ? dirs + n + 1 : NULL;
    }
  }
  if (fd < 0) {
    warn(".: %s: %s", path, strerror(errno));
    return fail_command(2);
  }
  sh.dot_depth++;
  run_file(fd);
  sh.dot_depth--;
  if (sh.unwind == UNWIND_RETURN) sh.unwind = GO;
  return sh.status;
}

int builtin_exec(int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "--") == 0) argc--, argv++;
  if (argc < 2) return 0;
  char *path = search_path(argv[1]);
  if (!path && at_prompt()) {
    warn("exec: %s: not found", argv[1]);
    return 127;
  }
  if (sh.jobctl && !sh.subshell) job_control(false);
  signals_for_child(false);
  exec_program(argv + 1);
}

/* ---- command, type ---- */

/* `command -v`: how the shell would find it; `type` and `command -V` in words. */
static int describe(const char *name, bool in_words) {
  static const char *const reserved[] = {"!",  "{",  "}",   "case", "do",   "done",  "elif", "else",
                                         "esac", "fi", "for", "if",   "in", "then", "until", "while"};
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
  for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
    if (strcmp(reserved[i], name) == 0) what = "a shell keyword";
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
  if (pid == 0) exec_program(argv);
  if (pid < 0) {
    job_free(j);
    return fail_fork();
  }
  return job_wait_foreground(j);
}

int builtin_command(int argc, char **argv) {
  char seen[3];
  int i = options(argc, argv, "pvV", seen);
  if (i < 0) return 2;
  if (i >= argc) return 0;
  if (seen[1] || seen[2]) {
    int status = 0;
    for (; i < argc; i++) status |= describe(argv[i], seen[2]);
    return status;
  }
  const struct builtin *b = builtin_find(argv[i]);
  return b ? b->run(argc - i, argv + i) : run_program(argv + i);
}

/* ---- trap ---- */

static void show_trap(int sig) {
  const char *action = trap_get(sig);
  if (!action) return;
  out_str("trap -- ");
  out_quoted(action);
  out_fmt(" %s\n", signal_name(sig) ? signal_name(sig) : "?");
}

int builtin_trap(int argc, char **argv) {
  int i = argc > 1 && strcmp(argv[1], "--") == 0 ? 2 : 1;
  if (i >= argc) {
    for (int sig = 0; sig < 65; sig++) show_trap(sig);
    return 0;
  }
  const char *action = argv[i];
  char *end;
  (void)strtol(action, &end, 10);
  /* A number first, or a lone operand: everything named goes back to its default. */
  bool reset = (*action && !*end) || argc == i + 1 || strcmp(action, "-") == 0;
  if (!(reset && strcmp(action, "-") != 0)) i++;
  int status = 0;
  for (; i < argc; i++) {
    int sig = signal_number(argv[i]);
    if (sig < 0) {
      warn("trap: %s: no such signal", argv[i]);
      status = 1;
    } else {
      trap_set(sig, reset ? NULL : action);
    }
  }
  return status;
}
