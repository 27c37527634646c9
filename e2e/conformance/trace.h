/* For the programs about ptrace(2): what a tracer's wait says, in words. */
#ifndef TRACE_H
#define TRACE_H

#include "expect.h"
#include <sys/ptrace.h>
#include <sys/syscall.h>
#ifndef __WALL
#define __WALL 0x40000000
#endif

/* qemu-user has no ptrace, and a tracer would wait there for ever. */
static inline void need_ptrace(void) {
  if (ptrace(PTRACE_CONT, 0, NULL, NULL) == -1 && errno == ENOSYS) {
    say("no ptrace\n");
    exit(1);
  }
}

static inline const char *event_name(int event) {
  static const struct named names[] = {{1, "FORK"},       {2, "VFORK"}, {3, "CLONE"},
                                       {4, "EXEC"},       {5, "VFORK_DONE"},
                                       {6, "EXIT"},       {128, "STOP"},
                                       {0, NULL}};
  return name_in(names, event);
}

/* Waits for `pid` and says what `who` does now. Returns wait's status. */
static inline int next_of(const char *who, pid_t pid) {
  int status = 0;
  pid_t found = waitpid(pid, &status, __WALL);
  if (found != pid) say("%s: wait: %s\n", who, found == -1 ? errno_name(errno) : "somebody else");
  else if (WIFEXITED(status)) say("%s: exited with %d\n", who, WEXITSTATUS(status));
  else if (WIFSIGNALED(status)) say("%s: killed by %s\n", who, signal_name(WTERMSIG(status)));
  else if (WIFSTOPPED(status)) {
    int signo = WSTOPSIG(status), event = status >> 16;
    say("%s: stopped, %s%s%s%s\n", who, signal_name(signo & 0x7f), signo & 0x80 ? " of a call" : "",
        event ? ", event " : "", event ? event_name(event) : "");
  }
  return status;
}

static inline void ask(const char *what, int request, pid_t pid, long address, long data) {
  outcome(what, ptrace(request, pid, (void *)address, (void *)data));
}

static inline void go(int request, pid_t pid, long signo) {
  if (ptrace(request, pid, NULL, (void *)signo) == -1) say("go: %s\n", errno_name(errno));
}

#endif
