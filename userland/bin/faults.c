/* faults: the page faults of processes, minor and major, as /proc/PID/stat counts them; with -i again and again, what is new. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "tools/colour.h"
#include "tools/proc.h"
#include "tools/tool.h"

static const char usage[] =
    "faults [-c] [-i SECONDS [-n TIMES]] [--color=WHEN] [PID]...\n"
    "       faults [--color=WHEN] -- COMMAND [ARGUMENT]...\n"
    "Shows how many page faults processes have taken: all of them, those named, or a command that it runs.\n"
    "A minor fault found the page in memory or made it; for a major one it had to be read from swap or a file.\n"
    "  -c  also those of children that have ended\n"
    "  -i  then, each so many seconds, those that have been taken since; -n so many times\n";

struct counts {
  pid_t pid;
  char name[32];
  unsigned long minor, major, child_minor, child_major, resident, swapped;
};

static int colours, children;

/* 0, or -1 when there is no such process. The fields are those of proc_pid_stat(5): minflt is the tenth. */
static int read_counts(pid_t pid, struct counts *to) {
  char path[32];
  struct process process;
  if (proc_read(pid, &process) < 0) return -1;
  snprintf(path, sizeof path, "/proc/%d/stat", pid);
  char *text = tool_read_file(path, 0), *at = text ? strrchr(text, ')') : 0;
  if (!at) return -1;
  unsigned long fields[4] = {0};
  for (int field = 3; (at = strchr(at, ' ')) && field <= 13; field++, at++)
    if (field >= 10) fields[field - 10] = strtoul(at + 1, 0, 10);
  free(text);
  *to = (struct counts){.pid = pid, .minor = fields[0], .child_minor = fields[1], .major = fields[2], .child_major = fields[3],
                        .resident = process.resident / 1024, .swapped = proc_swapped(pid)};
  memcpy(to->name, process.name, sizeof to->name);
  return 0;
}

static void put_heading(void) {
  colour_put(colours, COLOUR_HEADING, 0, "  PID    MINOR    MAJOR");
  if (children) colour_put(colours, COLOUR_HEADING, 0, "  C-MINOR  C-MAJOR");
  colour_put(colours, COLOUR_HEADING, 0, "      RSS     SWAP  COMMAND");
  putchar('\n');
}

static void put_count(unsigned long count, const char *colour) {
  char text[24];
  snprintf(text, sizeof text, "%lu", count);
  putchar(' ');
  colour_put(colours, count ? colour : 0, 8, text);
}

static void put(const struct counts *now, const struct counts *before) {
  static const struct counts none;
  if (!before) before = &none;
  printf("%5d", now->pid);
  put_count(now->minor - before->minor, COLOUR_GOOD);
  put_count(now->major - before->major, COLOUR_BAD);
  if (children) {
    put_count(now->child_minor - before->child_minor, COLOUR_GOOD);
    put_count(now->child_major - before->child_major, COLOUR_BAD);
  }
  put_count(now->resident, 0);
  put_count(now->swapped, COLOUR_CAREFUL);
  printf("  %s\n", now->name);
}

/* The counts of all processes that are named and still there; the status says whether each was. */
static int read_all(pid_t *pids, int count, struct counts *to, int complains) {
  int status = 0;
  for (int i = 0; i < count; i++)
    if (read_counts(pids[i], &to[i]) < 0) {
      to[i].pid = 0;
      if (complains) status = tool_complain("%d: %s", pids[i], strerror(ESRCH));
    }
  return status;
}

static int run(char **arguments) {
  struct counts before = {0}, after = {0};
  int result;
  read_counts(getpid(), &before);
  pid_t pid = fork();
  if (pid == 0) tool_become(arguments);
  if (pid < 0 || waitpid(pid, &result, 0) < 0) return tool_failed("fork");
  read_counts(getpid(), &after);
  fprintf(stderr, "%lu minor and %lu major faults\n", after.child_minor - before.child_minor, after.child_major - before.child_major);
  return WIFSIGNALED(result) ? 128 + WTERMSIG(result) : WEXITSTATUS(result);
}

int main(int argc, char **argv) {
  unsigned long interval = 0, times = ~0UL;
  const char *when = 0;
  tool_start(argc, argv, usage);
  int at = 1;
  for (; at < argc && argv[at][0] == '-'; at++) {
    if (strcmp(argv[at], "--") == 0) {
      if (at + 1 < argc) return run(argv + at + 1);
      break;
    }
    if (strncmp(argv[at], "--color", 7) == 0 && (argv[at][7] == '=' || !argv[at][7])) when = argv[at][7] ? argv[at] + 8 : "always";
    else if (strcmp(argv[at], "-c") == 0) children = 1;
    else if ((strcmp(argv[at], "-i") == 0 || strcmp(argv[at], "-n") == 0) && at + 1 < argc) {
      unsigned long value = tool_number(argv[at + 1], 10, 86400, argv[at][1] == 'i' ? "interval" : "number");
      if (argv[at++][1] == 'i') interval = value;
      else times = value;
    } else {
      tool_complain("unknown option '%s'", argv[at]);
      tool_bad_usage();
    }
  }
  colours = colour_wanted(when);
  pid_t *pids;
  int count = argc - at, status;
  if (count == 0) {
    count = proc_list(&pids);
    if (count < 0) return tool_failed("/proc");
  } else {
    pids = calloc((size_t)count, sizeof *pids);
    for (int i = 0; pids && i < count; i++) pids[i] = (pid_t)tool_number(argv[at + i], 10, 1 << 22, "process number");
  }
  struct counts *now = calloc((size_t)count + 1, sizeof *now), *before = calloc((size_t)count + 1, sizeof *before);
  if (!pids || !now || !before) return tool_failed("malloc");
  status = read_all(pids, count, now, argc > at);
  put_heading();
  for (int i = 0; i < count; i++)
    if (now[i].pid) put(&now[i], 0);
  while (interval && times-- > 1) {
    fflush(stdout);
    sleep((unsigned)interval);
    memcpy(before, now, (size_t)count * sizeof *now);
    read_all(pids, count, now, 0);
    int any = 0;
    for (int i = 0; i < count; i++)
      if (now[i].pid && before[i].pid) any = 1, put(&now[i], &before[i]);
    if (!any) break;
  }
  return tool_finish(status);
}
