/* Builtins about jobs and processes: jobs, fg, bg, wait, kill. */
#include "sh.h"

#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

int builtin_jobs(int argc, char **argv) {
  char seen[2];
  int i = options(argc, argv, "lp", seen), status = 0;
  if (i < 0) return 2;
  jobs_poll();
  if (i < argc) {
    for (; i < argc; i++) {
      struct job *j = job_find(argv[i], true);
      if (j) job_print(j, seen[0], seen[1]);
      else status = 1;
    }
    return status;
  }
  for (struct job *j = jobs; j; j = j->next)
    if (j->id) job_print(j, seen[0], seen[1]);
  for (struct job *j = jobs, *next; j; j = next) {
    next = j->next;
    j->changed = false;
    if (j->id && job_state(j) == JOB_DONE && at_prompt()) job_free(j);
  }
  return 0;
}

static int resume(int argc, char **argv, bool foreground) {
  int status = 0;
  if (!sh.jobctl) {
    warn("%s: no job control", argv[0]);
    return 2;
  }
  for (int i = 1; i < argc || i == 1; i++) {
    struct job *j = job_find(argc > 1 ? argv[i] : NULL, true);
    if (!j) return 1;
    if (job_state(j) == JOB_DONE) {
      warn("%s: the job has ended", argv[0]);
      status = 1;
      continue;
    }
    if (foreground) out_fmt("%s\n", j->text);
    else out_fmt("[%d] %s &\n", j->id, j->text);
    out_flush();
    status = job_continue(j, foreground);
    if (foreground) break;
  }
  return status;
}

int builtin_fg(int argc, char **argv) { return resume(argc, argv, true); }
int builtin_bg(int argc, char **argv) { return resume(argc, argv, false); }

/* ---- wait (XCU wait) ---- */

static int interrupted_by(void) { return sh.interrupted ? 130 : 128 + trap_pending(false); }

/* One job, until it ended; or 128 + n when a trapped signal came first. */
static int wait_job(struct job *j) {
  while (job_state(j) == JOB_RUNNING) {
    if (sh.interrupted || trap_pending(false)) return interrupted_by();
    if (jobs_wait_change() < 0 && errno != EINTR) break;
  }
  /* A signal that came with the end interrupts all the same. */
  if (sh.interrupted || trap_pending(false)) return interrupted_by();
  int status = job_status(j);
  if (job_state(j) == JOB_DONE) job_free(j);
  return status;
}

static struct job *next_running(void) {
  for (struct job *j = jobs; j; j = j->next)
    if (j->id && job_state(j) == JOB_RUNNING) return j;
  return NULL;
}

static int wait_all(void) {
  for (struct job *j; (j = next_running());) {
    if (sh.interrupted || trap_pending(false)) return interrupted_by();
    if (jobs_wait_change() < 0 && errno != EINTR) break;
  }
  if (sh.interrupted || trap_pending(false)) return interrupted_by();
  for (struct job *j = jobs, *next; j; j = next) {
    next = j->next;
    if (j->id && job_state(j) == JOB_DONE && !at_prompt()) job_free(j);
  }
  return 0;
}

int builtin_wait(int argc, char **argv) {
  int status = 0, i = argc > 1 && strcmp(argv[1], "--") == 0 ? 2 : 1;
  if (i >= argc) return wait_all();
  for (; i < argc; i++) {
    struct job *j;
    if (argv[i][0] == '%') {
      j = job_find(argv[i], true);
    } else {
      char *end;
      long pid = strtol(argv[i], &end, 10);
      if (*end || !*argv[i]) {
        warn("wait: %s: not a process", argv[i]);
        return 2;
      }
      j = job_of_pid((pid_t)pid);
    }
    status = j ? wait_job(j) : 127;
  }
  return status;
}

/* ---- kill (XCU kill) ---- */

static int list_signals(int argc, char **argv, int i) {
  if (i >= argc) {
    for (int sig = 1; sig < 32; sig++)
      if (signal_name(sig)) out_fmt("%s\n", signal_name(sig));
    return 0;
  }
  for (; i < argc; i++) {
    int n = isdigit((unsigned char)argv[i][0]) ? atoi(argv[i]) & 127 : signal_number(argv[i]);
    if (n < 0 || !signal_name(n)) {
      warn("kill: %s: no such signal", argv[i]);
      return 1;
    }
    if (isdigit((unsigned char)argv[i][0])) out_fmt("%s\n", signal_name(n));
    else out_fmt("%d\n", n);
  }
  return 0;
}

static int send_to_job(struct job *j, int sig) {
  int result = kill(j->controlled ? -j->pgid : j->pgid, sig);
  if (result < 0) return result;
  /* A stopped job would not notice that it should end. */
  if (job_state(j) == JOB_STOPPED && (sig == SIGTERM || sig == SIGHUP))
    kill(j->controlled ? -j->pgid : j->pgid, sig = SIGCONT);
  if (sig == SIGCONT)
    for (struct process *p = j->processes; p; p = p->next) p->stopped = false;
  return 0;
}

int builtin_kill(int argc, char **argv) {
  int i = 1, sig = SIGTERM, status = 0;
  jobs_poll(); /* whose end is known is no process any more */
  if (i < argc && argv[i][0] == '-' && argv[i][1]) {
    const char *name = argv[i] + 1;
    if (strcmp(name, "l") == 0) return list_signals(argc, argv, i + 1);
    if (strcmp(name, "-") != 0) {
      if (strcmp(name, "s") == 0) name = ++i < argc ? argv[i] : "";
      sig = signal_number(name);
      if (sig < 0) {
        warn("kill: %s: no such signal", name);
        return 2;
      }
      i++;
    }
    if (i < argc && strcmp(argv[i], "--") == 0) i++;
  }
  if (i >= argc) {
    warn("kill: usage: kill [-SIGNAL] PID|%%JOB...; kill -l");
    return 2;
  }
  for (; i < argc; i++) {
    int result;
    if (argv[i][0] == '%') {
      struct job *j = job_find(argv[i], true);
      if (!j) {
        status = 1;
        continue;
      }
      result = send_to_job(j, sig);
    } else {
      char *end;
      long pid = strtol(argv[i], &end, 10);
      if (!*argv[i] || *end) {
        warn("kill: %s: not a process", argv[i]);
        status = 1;
        continue;
      }
      result = kill((pid_t)pid, sig);
    }
    if (result < 0) {
      warn("kill: %s: %s", argv[i], strerror(errno));
      status = 1;
    }
  }
  return status;
}
