/* ps: the processes of this terminal, or all, from /proc. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include "tools/proc.h"
#include "tools/tool.h"

static const char usage[] =
    "ps [-e] [-f] [-p PID,...]\n"
    "Lists the processes of this terminal.\n"
    "  -e  all processes (also -A, ax)\n"
    "  -f  parent, group, state, memory and the whole command too (also aux); memory is what of the process is in\n"
    "      RAM (RSS) and what is swapped out (SWAP), in KiB; state D is a process that waits for swap\n"
    "  -p  only these\n";

/* "pts/0", "console"; the number that stat shows is the device's (proc(5)). */
static void terminal_name(unsigned long device, char to[12]) {
  if (device == 0)
    strcpy(to, "?");
  else if (major(device) >= 136 && major(device) < 144)
    snprintf(to, 12, "pts/%u", (major(device) - 136) * 256 + minor(device));
  else
    snprintf(to, 12, "tty%u", minor(device));
}

static void put_command(const struct process *process) {
  char path[32];
  size_t size;
  snprintf(path, sizeof path, "/proc/%d/cmdline", process->pid);
  char *text = tool_read_file(path, &size);
  if (!text || size == 0) {
    printf("[%s]\n", process->name);
  } else {
    for (size_t i = 0; i + 1 < size; i++)
      if (!text[i]) text[i] = ' ';
    puts(text);
  }
  free(text);
}

static void put_state(const struct process *p) {
  char text[4] = {p->state};
  char *at = text + 1;
  if (p->session == p->pid) *at++ = 's';
  if (p->tty_group == p->group && p->tty != 0) *at++ = '+';
  printf("%-4s", text);
}

static int wanted_pid(const char *list, pid_t pid) {
  for (char *at = (char *)list; *at; at += *at == ',') {
    char *start = at;
    if (strtol(at, &at, 10) == pid) return 1;
    if (at == start) break;
  }
  return 0;
}

int main(int argc, char **argv) {
  int everything = 0, full = 0;
  const char *only = 0;
  tool_start(argc, argv, usage);
  if (argc > 1 && argv[1][0] != '-') { /* BSD's way */
    everything = strchr(argv[1], 'x') || strchr(argv[1], 'a');
    full = strchr(argv[1], 'u') || strchr(argv[1], 'l');
  } else {
    for (int option; (option = getopt(argc, argv, "eAflp:")) != -1;) {
      switch (option) {
        case 'e':
        case 'A': everything = 1; break;
        case 'f':
        case 'l': full = 1; break;
        case 'p': only = optarg; break;
        default: tool_bad_usage(1);
      }
    }
  }

  struct process self, process;
  pid_t *pids;
  int count = proc_list(&pids), found = 0;
  if (count < 0 || proc_read(getpid(), &self) < 0) return tool_failed("/proc");
  long ticks = sysconf(_SC_CLK_TCK);
  if (full) puts("  PID  PPID  PGID STAT   RSS  SWAP TTY          TIME COMMAND");
  else puts("  PID TTY          TIME CMD");
  for (int i = 0; i < count; i++) {
    char tty[12];
    if (proc_read(pids[i], &process) < 0) continue; /* it ended meanwhile */
    if (only ? !wanted_pid(only, process.pid) : !everything && process.tty != self.tty) continue;
    found = 1;
    terminal_name(process.tty, tty);
    long seconds = (long)process.ticks / ticks;
    printf("%5d ", process.pid);
    if (full) {
      printf("%5d %5d ", process.parent, process.group);
      put_state(&process);
      printf("%6lu %5lu ", process.resident / 1024, proc_swapped(process.pid));
    }
    printf("%-8s %02ld:%02ld:%02ld ", tty, seconds / 3600, seconds / 60 % 60, seconds % 60);
    if (full) put_command(&process);
    else printf("%s%s\n", process.name, process.state == 'Z' ? " <defunct>" : "");
  }
  free(pids);
  return tool_finish(found ? 0 : 1);
}
