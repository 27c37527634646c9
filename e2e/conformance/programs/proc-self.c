/*
 * What /proc says of a process: its command line, its state, its relatives; and that it is gone when the
 * process is. proc_pid_cmdline(5), proc_pid_stat(5), proc_pid_status(5).
 */
/* native-only: qemu-user makes up most of /proc/self/stat */
#include "expect.h"
#include <fcntl.h>
#include <sys/stat.h>

static char text[8192];

static long load(const char *path) {
  int file = open(path, O_RDONLY);
  if (file < 0) return -1;
  long length = 0, got;
  while ((got = read(file, text + length, sizeof text - 1 - (size_t)length)) > 0) length += got;
  text[length] = 0;
  close(file);
  return length;
}

/* pid, state, ppid, pgrp and session out of stat; the name in between may hold anything. */
static char stat_of(const char *path, long *numbers) {
  if (load(path) < 0) return '-';
  numbers[0] = atol(text);
  char *at = strrchr(text, ')') + 2, state = *at++;
  for (int i = 1; i < 4; i++) numbers[i] = strtol(at, &at, 10);
  return state;
}

int main(int argc, char **argv) {
  (void)argc;
  long numbers[4] = {0}, length = load("/proc/self/cmdline");
  truth("command line is argv", length == (long)strlen(argv[0]) + 1 && strcmp(text, argv[0]) == 0);
  char state = stat_of("/proc/self/stat", numbers);
  say("state %c, pid %d, parent %d, group %d, session %d\n", state, numbers[0] == getpid(), numbers[1] == getppid(),
      numbers[2] == getpgrp(), numbers[3] == getsid(0));
  load("/proc/self/status");
  char line[64];
  snprintf(line, sizeof line, "\nPid:\t%d\n", (int)getpid());
  truth("status has the pid", strstr(text, line) != NULL);
  snprintf(line, sizeof line, "\nPPid:\t%d\n", (int)getppid());
  truth("and the parent's", strstr(text, line) != NULL);
  truth("and begins with the name", strncmp(text, "Name:\t", 6) == 0);
  truth("and counts memory", strstr(text, "\nVmRSS:") != NULL && strstr(text, "\nVmSize:") != NULL);

  int gate[2];
  char path[64], token;
  if (pipe(gate) != 0) return 1;
  pid_t child = fork();
  if (child == 0) {
    close(gate[1]);
    _exit(read(gate[0], &token, 1) == 0 ? 0 : 1);
  }
  pause_ms(40);
  snprintf(path, sizeof path, "/proc/%d/stat", (int)child);
  state = stat_of(path, numbers);
  say("child: state %c, parent %d\n", state, numbers[1] == getpid());
  int status;
  kill(child, SIGSTOP);
  waitpid(child, &status, WUNTRACED);
  say("stopped: state %c\n", stat_of(path, numbers));
  kill(child, SIGKILL);
  pause_ms(40);
  say("zombie: state %c\n", stat_of(path, numbers));
  reap("child", child);
  outcome("gone", load(path));
  outcome("no such process", load("/proc/2147483640/stat"));
  outcome("no such file", load("/proc/self/nothing"));
  outcome("not to be written", open("/proc/self/maps/x", O_RDONLY));
  return 0;
}
