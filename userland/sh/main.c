/*
 * sh - the shell (POSIX.1-2017 XCU, utility sh).
 *
 *   sh [-aefilmnuvxC] [-o option] [script [argument...]]     -l, or a name that begins with '-': a login shell
 *   sh -c commands [name [argument...]]
 *   sh -s [argument...]
 */
#include "sh.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct shell sh = {.tty = -1, .substitution_status = -1, .trap_status = -1};

void set_params(int n, char **v) {
  char **params = xmalloc((size_t)(n + 1) * sizeof *params);
  for (int i = 0; i < n; i++) params[i] = xstrdup(v[i]);
  params[n] = NULL;
  for (int i = 0; i < sh.nparams; i++) free(sh.params[i]);
  free(sh.params);
  sh.params = params;
  sh.nparams = n;
}

void leave_shell(int status) {
  const char *action = sh.leaving ? NULL : trap_get(0);
  sh.status = status;
  sh.unwind = GO;
  if (action && *action) {
    sh.leaving = true; /* an EXIT action that is set now would never run */
    trap_run(action);
    if (sh.unwind != UNWIND_EXIT) sh.status = status;
  }
  sh.unwind = UNWIND_EXIT;
}

void shell_exit(int status) {
  leave_shell(status);
  out_flush();
  if (sh.jobctl && !sh.subshell) job_control(false);
  _exit(sh.status & 255);
}

void become_subshell(void) {
  sh.subshell = true;
  sh.jobctl = false;
  sh.loop_depth = 0;
  sh.interrupted = 0;
  sh.trap_status = -1;
  sh.leaving = false;
  jobs_forget();
  traps_clear_for_subshell();
}

/* Runs one parsed command and forgets its memory, unless a function keeps it. */
static void run_tree(struct node *tree, struct arena *arena, int flags) {
  struct arena *outer = sh.tree;
  struct mark mark = arena_mark(&sh.scratch);
  sh.tree = arena;
  exec_node(tree, flags);
  sh.tree = outer;
  arena_release(&sh.scratch, mark);
}

static bool is_blank(const char *s) { return !s[strspn(s, " \t\n")]; }

static bool nothing_follows(const struct parser *p) {
  return p->source.kind == SOURCE_STRING && is_blank(p->source.string) && is_blank(p->text.s + p->pos);
}

int run_source(struct source source, bool top) {
  struct parser p;
  bool at_editor = source.kind == SOURCE_EDITOR, ran = false;
  /* Someone waits for each command, at the editor or beyond a pipe (-i): errors end no more than that. */
  bool person = top && (at_editor || (sh.interactive && source.kind == SOURCE_STDIN));
  int line = sh.line;
  parser_init(&p, source);
  p.source.outer = sh.sources;
  sh.sources = &p.source;
  while (!sh.unwind) {
    struct node *tree;
    if (person) jobs_notify();
    p.arena = arena_new();
    bool fresh = p.pos >= p.text.len; /* the next command is typed, not left over from a paste */
    enum parsed result = parse_command(&p, &tree);
    if (result == PARSE_OK) {
      if (at_editor && fresh) mark_command(p.text.s);
      /* The last command of `sh -c` replaces the shell. */
      run_tree(tree, p.arena, top && nothing_follows(&p) && !sh.interactive ? X_EXIT : 0);
      ran = true;
    } else if (result == PARSE_FAILED) {
      sh.status = p.interrupted ? 130 : 2;
      parser_discard(&p);
      if (!person) fail_command(2);
    }
    arena_drop(p.arena);
    if (result == PARSE_EOF) {
      if (!top || !at_editor) break;
      if (sh.ignoreeof) {
        warn("use `exit` to leave the shell");
        continue;
      }
      /* Ctrl-D is `exit`, which may object. */
      char *argv[] = {"exit", NULL};
      int status = builtin_exit(1, argv);
      if (sh.unwind) sh.status = status;
    }
    if (person) {
      sh.interrupted = 0;
      /* The terminal showed ^C in the middle of a line. */
      if (sh.unwind == UNWIND_ABORT && sh.status == 130) write_all(2, "\n", 1);
      if (sh.unwind == UNWIND_ABORT) {
        sh.unwind = GO;
        parser_discard(&p);
      }
    }
  }
  sh.sources = p.source.outer;
  if (source.kind == SOURCE_FILE) close(p.source.fd); /* a redirection may have moved it */
  parser_free(&p);
  if (!top) sh.line = line;
  /* Nothing but blank lines: eval, dot and sh succeed. */
  if (!ran && !sh.unwind && !person) sh.status = 0;
  return sh.status;
}

int run_string(const char *s) {
  struct source source = {.kind = SOURCE_STRING, .string = s};
  return run_source(source, false);
}

int run_file(int fd) {
  struct source source = {.kind = SOURCE_FILE, .fd = fd};
  int high = fd_high(fd);
  if (high >= 0) source.fd = high;
  return run_source(source, false);
}

static void usage(void) {
  static const char text[] = "usage: sh [-aefilmnsuvxC] [-o option] [-c commands [name]] [script] [argument...]\n";
  write_all(2, text, sizeof text - 1);
  _exit(2);
}

struct invocation {
  bool command, from_stdin, job_control_given, login;
};

/* Returns the index of the first operand. */
static int parse_options(int argc, char **argv, struct invocation *v) {
  int i = 1;
  for (; i < argc && (argv[i][0] == '-' || argv[i][0] == '+') && argv[i][1]; i++) {
    bool on = argv[i][0] == '-';
    if (strcmp(argv[i], "--") == 0) return i + 1;
    bool named = false;
    for (const char *s = argv[i] + 1; *s; s++) {
      if (*s == 'c') v->command = true;
      else if (*s == 's') v->from_stdin = true;
      else if (*s == 'i') sh.interactive = on;
      else if (*s == 'l') v->login = true;
      else if (*s == 'm') v->job_control_given = true, sh.jobctl = false;
      else if (*s == 'o' && i + 1 < argc && !named) named = true;
      else if (set_option(*s, on) < 0) usage();
    }
    if (named && set_named_option(argv[++i], on) < 0) usage();
  }
  return i < argc && strcmp(argv[i], "-") == 0 ? i + 1 : i;
}

/* A file of settings, its name subject to expansion; that it is missing is no error. */
static void run_settings(const char *name) {
  int fd = name && *name ? open(expand_prompt(name), O_RDONLY | O_CLOEXEC) : -1;
  if (fd < 0) return;
  sh.dot_depth++;
  run_file(fd);
  sh.dot_depth--;
  if (sh.unwind != UNWIND_EXIT && sh.unwind != UNWIND_FAIL) sh.unwind = GO;
}

int main(int argc, char **argv, char **envp) {
  struct invocation v = {false, false, false, argc > 0 && argv[0][0] == '-'};
  struct source source = {.kind = SOURCE_STDIN};
  sh.name = argc > 0 ? argv[0] : "sh";
  sh.pid = getpid();
  vars_init(envp);
  int i = parse_options(argc, argv, &v);
  if (v.command) {
    if (i >= argc) usage();
    source.kind = SOURCE_STRING;
    source.string = argv[i++];
    if (i < argc) sh.name = argv[i++];
  } else if (!v.from_stdin && i < argc) {
    struct stat st;
    int fd = open(argv[i], O_RDONLY | O_CLOEXEC);
    bool is_directory = fd >= 0 && fstat(fd, &st) == 0 && S_ISDIR(st.st_mode);
    if (fd < 0 || is_directory) {
      int error = is_directory ? EISDIR : errno;
      warn("cannot open %s: %s", argv[i], strerror(error));
      _exit(error == ENOENT ? 127 : 126);
    }
    sh.name = argv[i++];
    source.kind = SOURCE_FILE;
    source.fd = fd_high(fd);
  } else if (isatty(0) && isatty(2)) {
    sh.interactive = true;
  }
  set_params(argc > i ? argc - i : 0, argv + i);
  if (sh.interactive && source.kind == SOURCE_STDIN && isatty(0)) source.kind = SOURCE_EDITOR;
  if (sh.interactive) signals_init();
  if (sh.interactive || v.job_control_given) job_control(true);
  if (v.login) {
    run_settings("/etc/profile");
    run_settings("$HOME/.profile");
  }
  if (sh.interactive) run_settings(var_get("ENV"));
  run_source(source, true);
  shell_exit(sh.status);
}
