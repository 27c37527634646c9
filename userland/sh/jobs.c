/*
 * Jobs (XCU 2.9.3.1, 2.11): process groups and the terminal.
 *
 * With job control each job has a process group of its own, set by the child and by the shell, so
 * neither order of running matters. There is no SIGCHLD handler: the shell asks waitpid when it waits
 * and before each prompt.
 */
#include "sh.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct job *jobs;
static unsigned long stamps;
static pid_t shell_pgid;

struct job *job_new(const char *text) {
  int finished = 0;
  for (struct job *j = jobs; j; j = j->next) finished += job_state(j) == JOB_DONE;
  /* Nobody asked for these (XCU 2.9.3.1 lets a shell forget beyond CHILD_MAX). */
  for (struct job *j = jobs, *next; finished > 200 && j; j = next) {
    next = j->next;
    if (job_state(j) == JOB_DONE && j->pgid != sh.last_pid) job_free(j), finished--;
  }
  struct job *j = xmalloc(sizeof *j);
  memset(j, 0, sizeof *j);
  j->text = xstrdup(text ? text : "");
  for (char *s = j->text; *s; s++)
    if (*s == '\n') *s = ' ';
  struct job **link = &jobs;
  while (*link) link = &(*link)->next;
  return *link = j;
}

void job_free(struct job *j) {
  for (struct job **link = &jobs; *link; link = &(*link)->next)
    if (*link == j) {
      *link = j->next;
      break;
    }
  for (struct process *p; (p = j->processes);) {
    j->processes = p->next;
    free(p);
  }
  free(j->text);
  free(j);
}

void jobs_forget(void) {
  while (jobs) job_free(jobs);
}

static void set_stdin_to_null(void) {
  int fd = open("/dev/null", O_RDONLY);
  if (fd >= 0) fd_move(fd, 0);
}

pid_t job_fork(struct job *j, enum fork_how how) {
  bool control = j && sh.jobctl && how != FORK_PLAIN;
  bool detached = how == FORK_BACKGROUND && !control;
  sigset_t keyboard, before;
  out_flush();
  if (detached) {
    /* None may arrive before the child ignores them. */
    sigemptyset(&keyboard);
    sigaddset(&keyboard, SIGINT);
    sigaddset(&keyboard, SIGQUIT);
    sigprocmask(SIG_BLOCK, &keyboard, &before);
  }
  pid_t pid = fork();
  if (pid == 0 && detached) signals_for_child(true);
  if (detached) sigprocmask(SIG_SETMASK, &before, NULL);
  if (pid < 0) return pid;
  if (control) {
    pid_t member = pid ? pid : getpid();
    bool leader = !j->pgid;
    if (leader) j->pgid = member;
    setpgid(member, j->pgid);
    /* SIGTTOU is still ignored here, on both sides. */
    if (how == FORK_FOREGROUND && (leader || !pid)) tcsetpgrp(sh.tty, j->pgid);
    j->controlled = true;
  }
  if (pid == 0) {
    if (detached) set_stdin_to_null();
    else signals_for_child(false);
    /* $( ) shares the shell's group: Ctrl-Z must not stop it while the shell reads from it. */
    if (how == FORK_PLAIN && sh.jobctl) signal(SIGTSTP, SIG_IGN);
    return 0;
  }
  if (j) {
    struct process *p = xmalloc(sizeof *p);
    memset(p, 0, sizeof *p);
    p->pid = pid;
    p->next = j->processes;
    j->processes = p;
    if (!j->pgid) j->pgid = pid;
    j->background = how == FORK_BACKGROUND;
  }
  return pid;
}

enum job_state job_state(const struct job *j) {
  bool stopped = false;
  for (const struct process *p = j->processes; p; p = p->next) {
    if (!p->done && !p->stopped) return JOB_RUNNING;
    if (p->stopped) stopped = true;
  }
  return stopped ? JOB_STOPPED : JOB_DONE;
}

int wait_to_status(int status) {
  return WIFEXITED(status)    ? WEXITSTATUS(status)
         : WIFSTOPPED(status) ? 128 + WSTOPSIG(status)
                              : 128 + WTERMSIG(status);
}

int job_status(const struct job *j) {
  int status = j->processes ? wait_to_status(j->processes->status) : 0;
  /* pipefail: of the last that failed. */
  for (const struct process *p = j->processes; sh.pipefail && p && !status; p = p->next)
    status = wait_to_status(p->status);
  return status;
}

bool jobs_any(enum job_state s) {
  for (struct job *j = jobs; j; j = j->next)
    if (j->id && job_state(j) == s) return true;
  return false;
}

struct job *job_of_pid(pid_t pid) {
  for (struct job *j = jobs; j; j = j->next)
    for (struct process *p = j->processes; p; p = p->next)
      if (p->pid == pid) return j;
  return NULL;
}

/* ---- taking in what happened ---- */

static void note(pid_t pid, int status) {
  struct job *j = job_of_pid(pid);
  if (!j) return;
  enum job_state before = job_state(j);
  for (struct process *p = j->processes; p; p = p->next)
    if (p->pid == pid) {
      p->status = status;
      p->stopped = WIFSTOPPED(status);
      p->done = !p->stopped;
    }
  if (job_state(j) != before) {
    j->changed = true;
    if (job_state(j) == JOB_STOPPED) j->stamp = ++stamps;
  }
}

int jobs_wait_change(void) {
  int status;
  pid_t pid = waitpid(-1, &status, sh.jobctl ? WUNTRACED : 0);
  if (pid > 0) note(pid, status);
  return pid > 0 ? 0 : -1;
}

void jobs_poll(void) {
  int status;
  pid_t pid;
  while ((pid = waitpid(-1, &status, WNOHANG | (sh.jobctl ? WUNTRACED : 0))) > 0) note(pid, status);
}

/* ---- numbers and names ---- */

static void number(struct job *j) {
  if (j->id) return;
  for (struct job *o = jobs; o; o = o->next)
    if (o->id >= j->id && o != j) j->id = o->id;
  j->id++;
}

/* The job of %+ (rank 0) or %- (rank 1): stopped before running, later before earlier. */
static struct job *ranked(int rank) {
  struct job *best = NULL, *second = NULL;
  for (struct job *j = jobs; j; j = j->next) {
    if (!j->id) continue;
    struct job *candidate = j;
    for (int i = 0; i < 2; i++) {
      struct job **place = i ? &second : &best;
      bool stopped = job_state(candidate) == JOB_STOPPED;
      bool beats = !*place || (stopped != (job_state(*place) == JOB_STOPPED)
                                   ? stopped
                                   : candidate->stamp > (*place)->stamp);
      if (!beats) continue;
      struct job *beaten = *place;
      *place = candidate;
      if (!beaten) break;
      candidate = beaten;
    }
  }
  return rank ? second : best;
}

struct job *job_find(const char *spec, bool complain) {
  struct job *found = NULL;
  const char *s = spec && *spec == '%' ? spec + 1 : spec ? spec : "";
  if (!*s || ((*s == '%' || *s == '+') && !s[1])) found = ranked(0);
  else if (*s == '-' && !s[1]) found = ranked(1) ? ranked(1) : ranked(0);
  else {
    char *end;
    long id = strtol(s, &end, 10);
    for (struct job *j = jobs; j; j = j->next) {
      if (!j->id) continue;
      bool meant = !*end       ? j->id == id
                   : *s == '?' ? strstr(j->text, s + 1) != NULL
                               : strncmp(j->text, s, strlen(s)) == 0;
      if (meant && found) {
        if (complain) warn("%s: more than one job is meant", spec);
        return NULL;
      }
      if (meant) found = j;
    }
  }
  if (!found && complain) {
    if (spec) warn("%s: no such job", spec);
    else warn("no current job");
  }
  return found;
}

/* ---- messages ---- */

static void describe(const struct job *j, struct text *t) {
  int status = j->processes ? j->processes->status : 0;
  switch (job_state(j)) {
    case JOB_RUNNING: text_str(t, "Running"); return;
    case JOB_STOPPED:
      for (struct process *p = j->processes; p; p = p->next)
        if (p->stopped) status = p->status;
      text_str(t, WSTOPSIG(status) == SIGTSTP ? "Stopped" : signal_text(WSTOPSIG(status)));
      return;
    case JOB_DONE: break;
  }
  if (!WIFEXITED(status)) text_str(t, signal_text(WTERMSIG(status)));
  else if (WEXITSTATUS(status) == 0) text_str(t, "Done");
  else text_fmt(t, "Exit %d", WEXITSTATUS(status));
}

void job_print(struct job *j, bool with_pids, bool only_pid) {
  struct text t = {0};
  if (only_pid) {
    out_fmt("%d\n", (int)j->pgid);
    return;
  }
  describe(j, &t);
  out_fmt("[%d]%c  ", j->id, j == ranked(0) ? '+' : j == ranked(1) ? '-' : ' ');
  if (with_pids) out_fmt("%d ", (int)j->pgid);
  out_fmt("%-24s", t.s);
  out_str(j->text);
  out_str(job_state(j) == JOB_RUNNING ? " &\n" : "\n");
  text_free(&t);
}

void jobs_notify(void) {
  jobs_poll();
  for (struct job *j = jobs, *next; j; j = next) {
    next = j->next;
    if (!j->id || !j->changed) continue;
    job_print(j, false, false);
    j->changed = false;
    if (job_state(j) == JOB_DONE) job_free(j);
  }
  out_flush();
}

void job_announce(struct job *j) {
  number(j);
  j->stamp = ++stamps;
  sh.last_pid = j->processes->pid;
  if (at_prompt()) {
    struct text t = {0};
    text_fmt(&t, "[%d] %d\n", j->id, (int)sh.last_pid);
    write_all(2, t.s, t.len);
    text_free(&t);
  }
}

/* ---- the foreground ---- */

static void say(const char *s) { write_all(2, s, strlen(s)); }

/* What a person should know about how a foreground job ended. */
static void report_end(const struct job *j) {
  int status = j->processes->status;
  if (WIFEXITED(status)) return;
  int sig = WTERMSIG(status);
  if (sig == SIGINT) {
    /* The loop around it ends as well. */
    if (at_prompt()) sh.interrupted = 1;
  } else if (sig != SIGPIPE) {
    say(signal_text(sig));
    say(WCOREDUMP(status) ? " (core dumped)\n" : "\n");
  }
}

int job_wait_foreground(struct job *j) {
  while (job_state(j) == JOB_RUNNING) {
    if (jobs_wait_change() == 0 || errno == EINTR) continue;
    /* ECHILD: they were reaped by someone else (SIGCHLD ignored by our parent). */
    for (struct process *p = j->processes; p; p = p->next) p->done = true;
  }
  enum job_state state = job_state(j);
  int status = job_status(j);
  if (state == JOB_STOPPED)
    for (struct process *p = j->processes; p; p = p->next)
      if (p->stopped) status = wait_to_status(p->status);
  if (j->controlled) {
    if (shell_pgid) tcsetpgrp(sh.tty, shell_pgid);
    if (state == JOB_STOPPED) j->has_modes = tcgetattr(sh.tty, &j->modes) == 0;
    bool ended_well = state == JOB_DONE && WIFEXITED(j->processes->status);
    if (ended_well) tcgetattr(sh.tty, &sh.modes); /* stty changes things for good */
    else tcsetattr(sh.tty, TCSADRAIN, &sh.modes);
  }
  if (state == JOB_STOPPED) {
    number(j);
    j->background = true;
    j->changed = false;
    say("\n");
    job_print(j, false, false);
    out_flush();
  } else {
    report_end(j);
    job_free(j);
  }
  return status;
}

int job_continue(struct job *j, bool foreground) {
  for (struct process *p = j->processes; p; p = p->next) p->stopped = false;
  j->stamp = ++stamps;
  j->changed = false;
  j->background = !foreground;
  if (foreground && j->controlled) {
    if (j->has_modes) tcsetattr(sh.tty, TCSADRAIN, &j->modes);
    tcsetpgrp(sh.tty, j->pgid);
  }
  j->has_modes = false;
  if (kill(j->controlled ? -j->pgid : j->pgid, SIGCONT) < 0 && errno != ESRCH) {
    warn("cannot continue: %s", strerror(errno));
    return 1;
  }
  return foreground ? job_wait_foreground(j) : 0;
}

/* set -m: take the terminal, or give it back to the group that had it. */
void job_control(bool on) {
  static pid_t original_pgid;
  if (on == sh.jobctl) return;
  if (on) {
    if (sh.tty < 0) {
      int fd = open("/dev/tty", O_RDWR | O_CLOEXEC);
      if (fd < 0 && isatty(2)) fd = dup(2);
      if (fd >= 0) sh.tty = fd_high(fd);
    }
    pid_t foreground = -1;
    original_pgid = getpgrp();
    /* Started in the background: stop until someone brings us to the front. */
    while (sh.tty >= 0 && (foreground = tcgetpgrp(sh.tty)) > 0 && foreground != original_pgid) {
      kill(0, SIGTTIN);
      original_pgid = getpgrp();
    }
    if (foreground < 0 && sh.interactive) {
      warn("no terminal to control: job control is off");
      return;
    }
    sh.jobctl = true;
    signals_init();
    if (foreground < 0) return; /* a script: process groups, and nothing to hand over */
    setpgid(0, 0);
    shell_pgid = getpgrp();
    tcsetpgrp(sh.tty, shell_pgid);
    tcgetattr(sh.tty, &sh.modes);
  } else {
    if (shell_pgid) {
      tcsetpgrp(sh.tty, original_pgid);
      setpgid(0, original_pgid);
    }
    sh.jobctl = false;
    signals_init();
  }
}
