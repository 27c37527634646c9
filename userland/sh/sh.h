/*
 * The shell's one internal header: the syntax tree, the state of the shell, and what each file offers.
 *
 * Specification: POSIX.1-2017 XCU chapter 2, "Shell Command Language". Line numbers of that chapter are
 * cited as "XCU 2.x" at the head of each file.
 *
 * The flow: input.c hands out lines -> lexer.c and word.c make tokens whose words know their quoting ->
 * parser.c makes a tree -> exec.c walks it; expand.c turns words into fields in POSIX's order.
 */
#ifndef SH_H
#define SH_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <termios.h>

/* ---- arena.c: memory that dies together ------------------------------------------------------- */

struct chunk;
struct arena {
  struct chunk *top;
  int users; /* functions that keep a syntax tree alive, plus the parse that made it */
};
struct mark {
  struct chunk *top;
  size_t used;
};

void *xmalloc(size_t size);
void *xrealloc(void *old, size_t size);
char *xstrdup(const char *s);
void *arena_alloc(struct arena *a, size_t size); /* zeroed, aligned to 8 */
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_strdup(struct arena *a, const char *s);
struct mark arena_mark(struct arena *a);
void arena_release(struct arena *a, struct mark m); /* frees all that came after the mark */
struct arena *arena_new(void);
void arena_drop(struct arena *a); /* one user fewer; the last one frees it */

/* ---- text.c: a growing string, always ending in NUL once something was put -------------------- */

struct text {
  char *s;
  size_t len, cap;
};
void text_byte(struct text *t, int c);
void text_bytes(struct text *t, const char *s, size_t n);
void text_str(struct text *t, const char *s);
void text_fmt(struct text *t, const char *fmt, ...);
void text_splice(struct text *t, size_t at, size_t drop, const char *s, size_t n);
void text_clear(struct text *t); /* empty, but a valid "" */
void text_free(struct text *t);

/* ---- output.c: what builtins print ------------------------------------------------------------- */

void out_byte(int c);
void out_str(const char *s);
void out_fmt(const char *fmt, ...);
void out_quoted(const char *s); /* so that the shell can read it back */
int out_flush(void);            /* 0, or -1 when standard output did not take it */
struct text *out_capture(struct text *into); /* NULL: to standard output again; what it was before */
void warn(const char *fmt, ...); /* "sh: …" on standard error */
void write_all(int fd, const char *s, size_t n);

/* ---- the syntax tree ---------------------------------------------------------------------------- */

struct node;
struct word;

enum part_kind { PART_TEXT, PART_PARAM, PART_COMMAND, PART_ARITH };

enum param_op {
  OP_NONE,
  OP_LENGTH,      /* ${#x} */
  OP_DEFAULT,     /* ${x-w}  ${x:-w} */
  OP_ASSIGN,      /* ${x=w}  ${x:=w} */
  OP_ERROR,       /* ${x?w}  ${x:?w} */
  OP_ALTERNATE,   /* ${x+w}  ${x:+w} */
  OP_SUFFIX,      /* ${x%w} */
  OP_SUFFIX_LONG, /* ${x%%w} */
  OP_PREFIX,      /* ${x#w} */
  OP_PREFIX_LONG, /* ${x##w} */
  OP_BAD          /* no operator at all: a bad substitution, if it is ever reached */
};

/* One stretch of a word. `quoted` decides splitting and globbing of what it expands to. */
struct part {
  struct part *next;
  enum part_kind kind;
  bool quoted;
  bool colon;        /* PART_PARAM: the operator was written with ':' */
  enum param_op op;  /* PART_PARAM */
  char *text;        /* PART_TEXT: the characters, quotes removed. PART_PARAM: the name */
  struct word *arg;  /* PART_PARAM: the operator's word. PART_ARITH: the expression */
  struct node *body; /* PART_COMMAND: NULL is an empty command */
};

struct word {
  struct word *next;
  struct part *parts;
};

struct assign {
  struct assign *next;
  char *name;
  struct word *value;
};

enum redir_kind { R_IN, R_OUT, R_CLOBBER, R_APPEND, R_BOTH, R_DUP, R_HERE };

struct redir {
  struct redir *next;
  enum redir_kind kind;
  int fd;
  bool strip_tabs, literal; /* R_HERE while its body is being read: <<-, quoted delimiter */
  struct word *target;      /* R_HERE: the body, once it was read */
  char *delimiter;          /* R_HERE */
  struct redir *here_next;  /* R_HERE: the next whose body is still to be read */
};

enum node_kind {
  N_SIMPLE,     /* assigns words redirs */
  N_PIPELINE,   /* first: commands linked by next */
  N_NOT,        /* first */
  N_AND,        /* first && second */
  N_OR,         /* first || second */
  N_LIST,       /* first ; second */
  N_BACKGROUND, /* first & */
  N_SUBSHELL,   /* ( first ) */
  N_GROUP,      /* { first } */
  N_IF,         /* if first then second else third */
  N_WHILE,      /* while first do second */
  N_UNTIL,
  N_FOR,     /* for name in words do second; has_in false: "$@" */
  N_CASE,    /* case words in items */
  N_FUNCTION /* name() first */
};

struct case_item {
  struct case_item *next;
  struct word *patterns;
  struct node *body;
  bool falls; /* ended by ;& */
};

struct node {
  enum node_kind kind;
  int line;
  bool has_in;
  struct node *next; /* in a pipeline */
  struct node *first, *second, *third;
  struct assign *assigns;
  struct word *words;
  struct redir *redirs;
  struct case_item *items;
  char *name;
  char *source; /* as typed, for `jobs`; NULL where nothing could become a job */
};

/* ---- input.c: where commands come from --------------------------------------------------------- */

enum source_kind { SOURCE_STRING, SOURCE_FILE, SOURCE_STDIN, SOURCE_EDITOR };
enum fill { FILL_OK, FILL_EOF, FILL_INTERRUPT };

struct source {
  enum source_kind kind;
  int fd;
  const char *string; /* what is left of it */
  struct text ahead;  /* SOURCE_FILE: what was read, and how far it was handed out */
  size_t taken;
  struct source *outer; /* whose command runs this one */
};
/* Appends one line (with its newline, if it has one) to `t`. `more`: a command is unfinished. */
enum fill source_fill(struct source *s, struct text *t, bool more);

/* ---- lexer.c, word.c, parser.c ------------------------------------------------------------------- */

enum token {
  T_EOF, T_NEWLINE, T_WORD, T_IO_NUMBER,
  T_AND_IF, T_OR_IF, T_DSEMI, T_SEMI_AND, T_SEMI, T_AMP, T_PIPE, T_LPAREN, T_RPAREN,
  T_LESS, T_GREAT, T_DLESS, T_DLESSDASH, T_DGREAT, T_LESSAND, T_GREATAND, T_LESSGREAT, T_CLOBBER
};

struct parser {
  struct source source;
  struct text text; /* all that was read of the current command, and perhaps more */
  size_t pos;
  struct arena *arena; /* the tree's memory */
  int line;
  bool begun;       /* part of a command was read: ask for more with PS2 */
  bool failed;      /* a message was printed (or the user interrupted) */
  bool interrupted; /* Ctrl-C at the prompt */
  int depth;        /* nesting, bounded so that input cannot exhaust the stack */
  bool have_token;  /* `token` was looked at, not taken */
  enum token token;
  size_t token_start, token_end, taken_end;
  struct word *token_word;
  struct redir *here_first, **here_last; /* here-documents whose bodies begin at the next newline */
  struct alias_use *aliases; /* whose text is being read, the innermost first */
};

/* An alias does not expand within its own text (XCU 2.3.1). */
struct alias_use {
  struct alias_use *outer;
  char *name;
  size_t end; /* of its text in the parser's buffer */
  bool more;  /* it ends in a blank */
};

enum parsed { PARSE_OK, PARSE_EMPTY, PARSE_EOF, PARSE_FAILED };

void parser_init(struct parser *p, struct source source);
void parser_discard(struct parser *p); /* what was read and not parsed */
void parser_free(struct parser *p);
enum parsed parse_command(struct parser *p, struct node **tree); /* one complete command */
struct node *parse_until(struct parser *p, enum token end);       /* for $( ) and ` ` */
void *parse_fail(struct parser *p, const char *fmt, ...);         /* NULL */

int lex_peek(struct parser *p); /* the next character, continuation lines joined; -1 at the end */
int lex_get(struct parser *p);
int lex_peek_raw(struct parser *p);
int lex_get_raw(struct parser *p);
enum token lex_token(struct parser *p); /* reads the next token into p */
const char *token_name(enum token t);

enum quoting {
  Q_NONE,      /* a word of a command */
  Q_BRACE,     /* the word in ${x-word} */
  Q_DOUBLE,    /* "…" */
  Q_BRACE_IN_DOUBLE,
  Q_HERE,      /* the body of a here-document */
  Q_ARITH      /* $(( … )) */
};
struct word *lex_word(struct parser *p, enum quoting q);
const char *word_literal(const struct word *w); /* its text if it is plain and unquoted, or NULL */
bool is_reserved(const char *s);
bool is_name_start(int c);
bool is_name_char(int c);
size_t name_length(const char *s); /* length of the name that s begins with, 0 if none */

/* ---- vars.c: parameters -------------------------------------------------------------------------- */

struct var {
  struct var *next;
  char *name, *value; /* value NULL: unset, attributes kept */
  bool exported, readonly;
};
struct saved_var {
  struct saved_var *next;
  char *name, *value;
  bool was_set, exported, readonly;
};

void vars_init(char **envp);
const char *var_get(const char *name); /* NULL if unset */
struct var *var_find(const char *name);
struct var *var_make(const char *name);
int var_set(const char *name, const char *value); /* -1 and a message if readonly */
int var_unset(const char *name);
void var_each(void (*f)(struct var *)); /* by name */
char **vars_environ(void);              /* in the scratch arena */
void var_save(struct saved_var **list, const char *name);
void vars_restore(struct saved_var **list);

struct function {
  struct function *next;
  char *name;
  struct node *body;
  struct arena *arena;
};
struct function *function_find(const char *name);
void function_define(const char *name, struct node *body, struct arena *arena);
bool function_unset(const char *name);
extern struct function *functions;
extern bool getopts_begins; /* OPTIND was set: the next argument is looked at from its start */

/* ---- expand.c, param.c, arith.c, match.c, glob.c --------------------------------------------------- */

struct fields {
  char **v;
  int n, cap;
};
void fields_add(struct fields *f, char *s);

/* All return NULL / -1 after a message; the caller then unwinds. Results live in the scratch arena. */
int expand_words(const struct word *w, struct fields *out); /* with splitting and pathnames */
char *expand_string(const struct word *w);                  /* one string, quotes removed */
char *expand_assignment(const struct word *w);              /* … with ~ after ':' too */
char *expand_pattern(const struct word *w);                 /* quoted characters as \c */
char *expand_prompt(const char *s);
char *command_output(const struct node *body); /* $( ) */
const char *param_value(const char *name, char *buf /* 24 bytes */);
char *param_trim(const char *value, const char *pattern, enum param_op op);
int arith_eval(const char *expression, intmax_t *result);
bool pattern_match(const char *pattern, const char *s);
bool pattern_is_glob(const char *pattern);
void pattern_unescape(char *s);
void glob_expand(const char *pattern, struct fields *out); /* adds the pattern itself if nothing matches */
const char *home_directory(void);
const char *user_directory(const char *name, size_t n); /* NULL: no such user */

/* ---- exec.c, simple.c, redirect.c, search.c --------------------------------------------------------- */

enum { X_EXIT = 1 }; /* the process ends after this command: no need to fork for it */

int exec_node(struct node *n, int flags);
int exec_simple(struct node *n, int flags);
int exec_function(struct function *f, int argc, char **argv);
_Noreturn void exec_in_child(struct node *n); /* in a forked child: runs n to the end of the process */

struct saved_fd {
  struct saved_fd *next;  /* of the same command */
  struct saved_fd *below; /* of any command that runs */
  int fd, copy; /* copy -1: it was closed */
};
int redirect(struct redir *r, struct saved_fd **saved); /* -1 after a message; saved NULL: for good */
int redirected_from(const struct saved_fd *saved, int fd); /* where it went to before */
void redirect_restore(struct saved_fd **saved);
void redirect_forget(struct saved_fd **saved); /* keeps the new, closes the copies: exec */
void fd_move(int from, int to);
int fd_high(int fd); /* a close-on-exec copy at 10 or above, the original closed */

char *search_path(const char *name);     /* in the scratch arena, or NULL */
char *search_readable(const char *name); /* for a dot script */
const char *search_remembered(const char *name); /* a program found before, or now */
int exec_program(char **argv); /* returns only the status that says why not, after a message */

/* ---- jobs.c, jobs-wait.c ------------------------------------------------------------------------------ */

struct process {
  struct process *next;
  pid_t pid;
  int status; /* from waitpid; meaningful when `done` or `stopped` */
  bool done, stopped;
};

struct job {
  struct job *next;
  int id; /* the n of %n; 0 until the user may see it */
  pid_t pgid;
  struct process *processes; /* newest, that is the pipeline's last, first */
  char *text;
  unsigned long stamp; /* larger: more recently stopped or sent to the background */
  bool controlled;     /* has its own process group */
  bool background, changed, signalled;
  bool has_modes;
  struct termios modes; /* the terminal as a stopped job left it */
};
enum job_state { JOB_RUNNING, JOB_STOPPED, JOB_DONE };
enum fork_how { FORK_FOREGROUND, FORK_BACKGROUND, FORK_PLAIN };

extern struct job *jobs;
struct job *job_new(const char *text);
void job_free(struct job *j);
pid_t job_fork(struct job *j, enum fork_how how); /* as fork; both sides set the process group */
enum job_state job_state(const struct job *j);
int job_status(const struct job *j); /* as $? */
int job_wait_foreground(struct job *j); /* until it ends or stops; its status. Frees it if it ended */
void job_announce(struct job *j);        /* background: number it, print [n] pid, set $! */
int job_continue(struct job *j, bool foreground);
struct job *job_find(const char *spec, bool complain);
struct job *job_of_pid(pid_t pid);
void job_print(struct job *j, bool with_pids, bool only_pid);
void jobs_poll(void);   /* takes in what waitpid knows, without waiting */
void jobs_notify(void); /* the messages before a prompt */
void jobs_forget(void); /* in a child */
bool jobs_any(enum job_state s);
int jobs_wait_change(void); /* waits for one child; -1 with errno */
void job_control(bool on);
int wait_to_status(int wait_status);
const char *signal_text(int sig);
int signal_number(const char *name); /* "INT", "SIGINT", "2", "EXIT" (0); or -1 */
const char *signal_name(int sig);

/* ---- trap.c ------------------------------------------------------------------------------------------- */

void signals_init(void);
void signals_for_child(bool background); /* background: keyboard signals are ignored */
void trap_set(int sig, const char *action); /* NULL: default, "": ignore */
void trap_run(const char *action);
const char *trap_get(int sig);
void traps_run(void); /* those whose signal came */
void traps_clear_for_subshell(void);
void traps_restore(void); /* after signals_for_child in a process that stays the shell */
bool traps_any(void);     /* the process cannot vanish into its last program */
const char *trap_shown(int sig); /* in a subshell, what its parent has, until it sets one itself */
int trap_pending(bool of_child); /* the signal of a trap that is still to run, or 0; of_child: SIGCHLD counts */
extern volatile int child_changed; /* set -b: one ended or stopped while a line was typed */

/* ---- builtins ------------------------------------------------------------------------------------------ */

struct builtin {
  const char *name;
  int (*run)(int argc, char **argv);
  bool special; /* XCU 2.14: assignments persist, errors end a script */
};
extern const struct builtin builtins[];
const struct builtin *builtin_find(const char *name);
int options(int argc, char **argv, const char *allowed, char *seen); /* index of first operand, or -1 */

#define BUILTIN(name) int name(int argc, char **argv)
BUILTIN(builtin_alias); BUILTIN(builtin_bg); BUILTIN(builtin_break); BUILTIN(builtin_cd);
BUILTIN(builtin_colon); BUILTIN(builtin_command); BUILTIN(builtin_continue); BUILTIN(builtin_dot);
BUILTIN(builtin_echo); BUILTIN(builtin_eval); BUILTIN(builtin_exec); BUILTIN(builtin_exit);
BUILTIN(builtin_export); BUILTIN(builtin_false); BUILTIN(builtin_fc); BUILTIN(builtin_fg); BUILTIN(builtin_getopts);
BUILTIN(builtin_hash); BUILTIN(builtin_history); BUILTIN(builtin_jobs); BUILTIN(builtin_kill);
BUILTIN(builtin_local); BUILTIN(builtin_printf); BUILTIN(builtin_pwd); BUILTIN(builtin_read);
BUILTIN(builtin_readonly); BUILTIN(builtin_return); BUILTIN(builtin_set); BUILTIN(builtin_shift);
BUILTIN(builtin_test); BUILTIN(builtin_times); BUILTIN(builtin_trap); BUILTIN(builtin_type); BUILTIN(builtin_ulimit); BUILTIN(builtin_umask);
BUILTIN(builtin_unalias); BUILTIN(builtin_unset); BUILTIN(builtin_wait);
#undef BUILTIN

const char *alias_get(const char *name);
const char *alias_after(const char *name); /* NULL: the first */
int set_option(int letter, bool on); /* -1: no such option */
int set_named_option(const char *name, bool on);
char *option_letters(char *buf);     /* $- */

/* ---- editor.c, screen.c, keys.c, history.c, complete.c, prompt.c ------------------------------------------ */

enum edit { EDIT_LINE, EDIT_EOF, EDIT_INTERRUPT };
enum edit edit_line(const char *prompt, struct text *line); /* without the newline */

/* What is being edited, and where it stands on the terminal. Rows count from the prompt's first. */
struct screen {
  const char *prompt;
  struct text line;
  size_t at;       /* the cursor, a byte offset at the start of a character */
  int columns;     /* of the terminal */
  int row, column; /* where the cursor is */
  int input_row, input_column; /* where the prompt ended and the line begins */
};
void screen_begin(struct screen *s); /* prints the prompt, at the cursor's line */
void screen_draw(struct screen *s);
void screen_insert(struct screen *s, const char *bytes, size_t n); /* at the cursor, and shows it */
void screen_leave(struct screen *s);   /* cursor to a new line under the text */
void screen_resized(struct screen *s);
void screen_own_line(void); /* to a fresh line if output left the cursor inside one */
int utf8_length(const char *s, size_t left); /* bytes of the character at s */
int utf8_width(const char *s, size_t left);  /* columns: 0, 1 or 2 */

enum {
  KEY_UP = 0x110000, KEY_DOWN, KEY_LEFT, KEY_RIGHT, KEY_HOME, KEY_END, KEY_DELETE,
  KEY_WORD_LEFT, KEY_WORD_RIGHT, KEY_KILL_WORD, KEY_KILL_WORD_BACK, KEY_PASTE, KEY_RESIZE,
  KEY_NONE, KEY_EOF
};
int key_read(int fd);            /* a byte of text or control, or KEY_… */
void key_paste(int fd, struct text *t); /* after KEY_PASTE: the pasted text */
extern volatile int window_changed;

void history_add(const char *line);     /* a new command */
void history_extend(const char *line);  /* one more line of it */
void history_replace(const char *line); /* it was `fc`: what it ran stands for it */
int history_count(void);
int history_before(void); /* entries before the command that runs */
const char *history_get(int index); /* 0 is the oldest */
int history_number(int index);      /* as `history` shows it */

/* Completes the word before the cursor. Returns candidates to list (scratch arena), or none. */
void complete(struct screen *s, struct fields *candidates);

const char *prompt_text(bool more);    /* until the next call */
void mark_command(const char *source); /* OSC 633 E and C */
void mark_finished(void);              /* OSC 633 D, before the next prompt */

/* ---- main.c: the state of the shell -------------------------------------------------------------------------- */

/* ABORT drops a person's command line, FAIL ends a script for an error, EXIT is meant. */
enum unwind { GO, UNWIND_BREAK, UNWIND_CONTINUE, UNWIND_RETURN, UNWIND_ABORT, UNWIND_FAIL, UNWIND_EXIT };

struct shell {
  int status;          /* $? */
  pid_t pid;           /* $$ */
  pid_t last_pid;      /* $! ; 0: none yet */
  char *name;          /* $0 */
  char **params;       /* $1… ; always malloced, as are its strings */
  int nparams;
  bool interactive;    /* -i, or a terminal */
  bool subshell;       /* a forked copy of the shell that was started */
  bool jobctl;         /* set -m */
  bool allexport, errexit, nounset, xtrace, noglob, noexec, verbose, noclobber, pipefail, ignoreeof, notify;
  bool hashall, nolog; /* may be set and change nothing: programs are remembered, functions are not in the history */
  int tty;             /* the terminal, a descriptor >= 10, or -1 */
  struct termios modes; /* the terminal as the shell wants it for commands */
  enum unwind unwind;  /* a statement is being left; checked after each command */
  int unwind_levels;   /* of loops, for break n */
  int loop_depth, function_depth, dot_depth;
  bool leaving;        /* the EXIT action has begun */
  int trap_status;     /* $? when the running trap began, or -1 */
  int trap_depth;      /* of functions and dot scripts then */
  int tested;          /* > 0: a failing status is being asked about, set -e does not apply */
  bool path_changed;   /* what was found in it before is no longer true */
  bool keep_redirections; /* `exec` without a command: those of this command stay */
  bool default_path;   /* command -p: look where the standard programs are */
  int substitution_status; /* of the last $( ), for a command that is only assignments; -1: none */
  int line;            /* of the command that runs */
  struct saved_var *locals; /* of the running function */
  volatile int interrupted; /* Ctrl-C while the interactive shell itself was busy */
  struct source *sources;   /* whose commands run, the innermost first */
  struct arena *tree;       /* of the command that runs; a function definition keeps it */
  struct arena scratch;     /* expansions; released after each command */
};
extern struct shell sh;

int run_source(struct source s, bool top); /* parses and runs until the end; the last status */
int run_string(const char *s);             /* eval, traps */
int run_file(int fd); /* . and settings; closes fd */
void leave_shell(int status);              /* runs the EXIT trap and begins to unwind */
_Noreturn void shell_exit(int status);
void set_params(int n, char **v);          /* copies */
void become_subshell(void);                /* in a child after fork */
bool at_prompt(void);                      /* a person is waiting: interactive, and no subshell */
int fail_command(int status);              /* abandons the command, or the script (XCU 2.8.1) */
int fail_fork(void);                       /* the same, with errno's message */

#endif
