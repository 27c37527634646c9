/*
 * PTRACE_ATTACH stops a process that runs, /proc shows it, PTRACE_DETACH lets it go; the rest is refused.
 * ptrace(2): PTRACE_ATTACH, PTRACE_DETACH, PTRACE_O_EXITKILL, "Death under ptrace"; proc_pid_status(5).
 */
/* native-only: qemu-user has no ptrace */
#include "../trace.h"
#include <fcntl.h>

static void from_status(pid_t pid, const char *field, char *text, size_t size) {
  char path[64], whole[4096];
  snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
  int fd = open(path, O_RDONLY);
  ssize_t length = read(fd, whole, sizeof whole - 1);
  close(fd);
  whole[length > 0 ? length : 0] = 0;
  char *at = strstr(whole, field);
  snprintf(text, size, "%.*s", at ? (int)strcspn(at + strlen(field), "\n") : 0, at ? at + strlen(field) : "");
}

static void show(pid_t pid) {
  char state[64], tracer[64];
  from_status(pid, "State:\t", state, sizeof state);
  from_status(pid, "TracerPid:\t", tracer, sizeof tracer);
  say("  state %s, traced by %s\n", state, atoi(tracer) == getpid() ? "us" : atoi(tracer) ? "another" : "nobody");
}

static void sleep_long(void) {
  struct timespec time = {1000, 0};
  for (;;) nanosleep(&time, NULL);
}

int main(void) {
  need_ptrace();
  int ends[2];
  if (pipe(ends) == -1) return 1;
  pid_t pid = fork();
  if (pid == 0) sleep_long();
  outcome("cont without attaching", ptrace(PTRACE_CONT, pid, NULL, NULL));
  outcome("attach to nobody", ptrace(PTRACE_ATTACH, 2000000000, NULL, NULL));
  outcome("attach to oneself", ptrace(PTRACE_ATTACH, getpid(), NULL, NULL));
  outcome("attach", ptrace(PTRACE_ATTACH, pid, NULL, NULL));
  outcome("attach again", ptrace(PTRACE_ATTACH, pid, NULL, NULL));
  next_of("child", pid);
  show(pid);
  outcome("an interrupt, without having seized", ptrace((int)PTRACE_INTERRUPT, pid, NULL, NULL));
  outcome("no such request", ptrace(999, pid, NULL, NULL));
  go(PTRACE_CONT, pid, 0);
  outcome("peek while it runs", ptrace(PTRACE_PEEKDATA, pid, &pid, NULL));
  outcome("detach while it runs", ptrace(PTRACE_DETACH, pid, NULL, NULL));
  say("a child of a tracer stops without WUNTRACED\n");
  kill(pid, SIGTERM);
  next_of("child", pid);
  outcome("detach", ptrace(PTRACE_DETACH, pid, NULL, NULL));
  outcome("it is no child to trace", ptrace(PTRACE_CONT, pid, NULL, NULL));
  kill(pid, SIGKILL);
  next_of("child", pid);

  say("detached with a signal\n");
  pid = fork();
  if (pid == 0) sleep_long();
  ptrace(PTRACE_ATTACH, pid, NULL, NULL);
  next_of("child", pid);
  outcome("detach", ptrace(PTRACE_DETACH, pid, NULL, (void *)SIGTERM));
  next_of("child", pid);

  say("a tracer that is not the parent\n");
  pid = fork();
  if (pid == 0) sleep_long();
  pid_t tracer = fork();
  if (tracer == 0) {
    outcome("  attach", ptrace(PTRACE_ATTACH, pid, NULL, NULL));
    next_of("  tracee", pid);
    show(pid);
    kill(pid, SIGKILL);
    next_of("  tracee", pid);
    if (write(ends[1], "x", 1) != 1) _exit(1);
    outcome("  and again", waitpid(pid, NULL, __WALL));
    _exit(0);
  }
  char byte;
  if (read(ends[0], &byte, 1) != 1) return 1;
  next_of("tracer", tracer);
  next_of("child", pid);

  say("a tracer that ends\n");
  pid = fork();
  if (pid == 0) sleep_long();
  tracer = fork();
  if (tracer == 0) {
    ptrace(PTRACE_ATTACH, pid, NULL, NULL);
    waitpid(pid, NULL, __WALL);
    _exit(0);
  }
  next_of("tracer", tracer);
  struct timespec moment = {0, 50000000};
  nanosleep(&moment, NULL);
  show(pid);
  tracer = fork();
  if (tracer == 0) {
    ptrace(PTRACE_SEIZE, pid, NULL, (void *)PTRACE_O_EXITKILL);
    _exit(0);
  }
  next_of("tracer", tracer);
  next_of("child", pid);
  return 0;
}
