/*
 * Signals: what the shell ignores or catches for itself, what its children get, and `trap` (XCU 2.11,
 * 2.14 trap). A handler only leaves a note; the action runs between commands.
 */
#include "sh.h"

#include <ctype.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SIGNALS = 65 };
static char *actions[SIGNALS]; /* NULL: default, "": ignored; 0 is EXIT */
static char *shown[SIGNALS];   /* in a subshell: what `trap` prints of the parent's */
static bool changed[SIGNALS];  /* the shell itself altered the disposition */
static bool known[SIGNALS];    /* not ignored from the start, or it may be trapped all the same */
static volatile sig_atomic_t arrived[SIGNALS], any;
volatile int child_changed;

static const struct {
  const char *name, *text;
  int number;
} names[] = {{"HUP", "Hangup", SIGHUP},
             {"INT", "Interrupt", SIGINT},
             {"QUIT", "Quit", SIGQUIT},
             {"ILL", "Illegal instruction", SIGILL},
             {"TRAP", "Trace trap", SIGTRAP},
             {"ABRT", "Aborted", SIGABRT},
             {"BUS", "Bus error", SIGBUS},
             {"FPE", "Arithmetic exception", SIGFPE},
             {"KILL", "Killed", SIGKILL},
             {"USR1", "User signal 1", SIGUSR1},
             {"SEGV", "Segmentation fault", SIGSEGV},
             {"USR2", "User signal 2", SIGUSR2},
             {"PIPE", "Broken pipe", SIGPIPE},
             {"ALRM", "Alarm clock", SIGALRM},
             {"TERM", "Terminated", SIGTERM},
             {"CHLD", "Child status changed", SIGCHLD},
             {"CONT", "Continued", SIGCONT},
             {"STOP", "Stopped (signal)", SIGSTOP},
             {"TSTP", "Stopped", SIGTSTP},
             {"TTIN", "Stopped (tty input)", SIGTTIN},
             {"TTOU", "Stopped (tty output)", SIGTTOU},
             {"URG", "Urgent condition", SIGURG},
             {"XCPU", "CPU time limit exceeded", SIGXCPU},
             {"XFSZ", "File size limit exceeded", SIGXFSZ},
             {"VTALRM", "Virtual timer expired", SIGVTALRM},
             {"PROF", "Profiling timer expired", SIGPROF},
             {"WINCH", "Window changed", SIGWINCH},
             {"IO", "I/O possible", SIGIO},
             {"PWR", "Power failure", SIGPWR},
             {"SYS", "Bad system call", SIGSYS}};
enum { NAMES = sizeof names / sizeof *names };

const char *signal_text(int sig) {
  for (int i = 0; i < NAMES; i++)
    if (names[i].number == sig) return names[i].text;
  return "Unknown signal";
}

const char *signal_name(int sig) {
  if (sig == 0) return "EXIT";
  for (int i = 0; i < NAMES; i++)
    if (names[i].number == sig) return names[i].name;
  return NULL;
}

int signal_number(const char *s) {
  if (isdigit((unsigned char)*s)) {
    char *end;
    long n = strtol(s, &end, 10);
    return *end || n >= SIGNALS ? -1 : (int)n;
  }
  if (strncasecmp(s, "SIG", 3) == 0) s += 3;
  if (strcasecmp(s, "EXIT") == 0) return 0;
  for (int i = 0; i < NAMES; i++)
    if (strcasecmp(names[i].name, s) == 0) return names[i].number;
  return -1;
}

static void on_interrupt(int sig) {
  (void)sig;
  sh.interrupted = 1;
}

static void on_window(int sig) {
  (void)sig;
  window_changed = 1;
}

static void on_child(int sig) {
  (void)sig;
  child_changed = 1;
}

static void on_trap(int sig) {
  arrived[sig] = 1;
  any = 1;
}

static void handle(int sig, void (*handler)(int)) {
  struct sigaction sa;
  memset(&sa, 0, sizeof sa); /* no SA_RESTART: a wait or a read must notice */
  sa.sa_handler = handler;
  sigaction(sig, &sa, NULL);
  changed[sig] = handler != SIG_DFL;
}

/* The disposition of a signal that has no trap. */
static void set_default(int sig) {
  bool stops = sig == SIGTSTP || sig == SIGTTIN || sig == SIGTTOU;
  if (at_prompt() && sig == SIGINT) handle(sig, on_interrupt);
  else if (at_prompt() && sig == SIGWINCH) handle(sig, on_window);
  else if (at_prompt() && sig == SIGCHLD && sh.notify) handle(sig, on_child);
  else if (at_prompt() && (sig == SIGQUIT || sig == SIGTERM)) handle(sig, SIG_IGN);
  else if (sh.jobctl && stops) handle(sig, SIG_IGN);
  else if (changed[sig]) handle(sig, SIG_DFL);
}

void signals_init(void) {
  static const int ours[] = {SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGTTIN, SIGTTOU, SIGWINCH, SIGCHLD};
  for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
    if (!actions[ours[i]]) set_default(ours[i]);
}

void signals_for_child(bool background) {
  for (int sig = 1; sig < SIGNALS; sig++) {
    bool ignored = actions[sig] && !*actions[sig];
    if (changed[sig] && !ignored) handle(sig, SIG_DFL);
  }
  if (background) {
    signal(SIGINT, SIG_IGN);
    signal(SIGQUIT, SIG_IGN);
    known[SIGINT] = known[SIGQUIT] = true;
  } else if (sh.interrupted) {
    /* It came after the fork and before the disposition was reset: it is for
       the program, not for the shell that this process was. */
    raise(SIGINT);
  }
}

/* XCU 2.11: what a script was started with as ignored, it cannot trap. */
static bool ignored_from_the_start(int sig) {
  struct sigaction now;
  if (known[sig] || changed[sig] || sh.interactive) return false;
  if (sigaction(sig, NULL, &now) == 0 && now.sa_handler == SIG_IGN) return true;
  known[sig] = true;
  return false;
}

void trap_set(int sig, const char *action) {
  for (int i = 0; i < SIGNALS; i++) free(shown[i]), shown[i] = NULL;
  if (sig && ignored_from_the_start(sig)) return;
  char *copy = action ? xstrdup(action) : NULL;
  free(actions[sig]);
  actions[sig] = copy;
  if (sig == 0 || sig == SIGKILL || sig == SIGSTOP) return;
  if (!action) set_default(sig);
  else handle(sig, *action ? on_trap : SIG_IGN);
}

const char *trap_get(int sig) { return sig >= 0 && sig < SIGNALS ? actions[sig] : NULL; }

const char *trap_shown(int sig) { return shown[sig] ? shown[sig] : actions[sig]; }

bool traps_any(void) {
  for (int sig = 0; sig < SIGNALS; sig++)
    if (actions[sig] && *actions[sig]) return true;
  return false;
}

/* A wait or a read is not over because some child is; its trap runs afterwards. */
int trap_pending(bool of_child) {
  for (int sig = 1; any && sig < SIGNALS; sig++)
    if (arrived[sig] && (of_child || sig != SIGCHLD)) return sig;
  return 0;
}

/* `exit` and `return` in an action mean the status from before it (XCU 2.14). */
void trap_run(const char *action) {
  int outer_status = sh.trap_status, outer_depth = sh.trap_depth;
  char *copy = xstrdup(action);
  sh.trap_status = sh.status;
  sh.trap_depth = sh.function_depth + sh.dot_depth;
  run_string(copy);
  sh.trap_status = outer_status;
  sh.trap_depth = outer_depth;
  free(copy);
}

/* A signal that comes while an action runs has its own action run at the next command, within it. */
void traps_run(void) {
  static int depth;
  if (!any || sh.unwind || depth >= 100) return;
  depth++;
  any = 0;
  for (int sig = 1; sig < SIGNALS && !sh.unwind; sig++) {
    if (!arrived[sig]) continue;
    arrived[sig] = 0;
    if (!actions[sig] || !*actions[sig]) continue;
    int status = sh.status;
    trap_run(actions[sig]);
    if (!sh.unwind) sh.status = status;
    else any = 1; /* later signals of this round are still to be asked about */
  }
  depth--;
}

/* Commands to run are the parent's; ignored signals stay ignored (XCU 2.12). */
void traps_clear_for_subshell(void) {
  for (int sig = 0; sig < SIGNALS; sig++) {
    arrived[sig] = 0;
    if (actions[sig] && *actions[sig]) {
      free(shown[sig]);
      shown[sig] = actions[sig];
      actions[sig] = NULL;
      if (sig && changed[sig]) handle(sig, SIG_DFL);
    }
  }
  any = 0;
}

void traps_restore(void) {
  signals_init();
  for (int sig = 1; sig < SIGNALS; sig++)
    if (actions[sig] && *actions[sig]) handle(sig, on_trap);
}
