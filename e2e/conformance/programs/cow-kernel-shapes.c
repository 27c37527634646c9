/*
 * Whatever call the kernel writes into a page that is shared after fork, it writes into a copy for the caller: read,
 * readv, pread, from files, pipes and devices, structures, signal frames, within a page and across three. fork(2).
 */
#include "memory.h"
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/utsname.h>

#define PAGES 40

static char *area;
static int file, ends[2];
static volatile int handled;

static void handler(int signal) { handled = signal; }

/* Each writes some bytes into its own pages, from 100 bytes before the end of the first one on where it is many. */
static char *page(int index) { return area + index * PAGE; }

static int read_file(int at) { return (int)pread(file, page(at) + 4000, 4200, 0); }
static int read_by_offset(int at) {
  lseek(file, 100, SEEK_SET);
  return (int)read(file, page(at) + 10, 20);
}
static int read_vector(int at) {
  struct iovec parts[3] = {{page(at) + 5, 7}, {page(at + 1) + 4090, 12}, {page(at + 3), 1}};
  lseek(file, 0, SEEK_SET);
  return (int)readv(file, parts, 3);
}
static int read_pipe(int at) {
  if (write(ends[1], "through the pipe", 16) != 16) return -1;
  return (int)read(ends[0], page(at) + 4090, 16);
}
static int read_zero(int at) {
  int zero = open("/dev/zero", O_RDONLY);
  int got = (int)read(zero, page(at) + 1, 2 * PAGE);
  close(zero);
  return got;
}
static int stat_file(int at) { return fstat(file, (struct stat *)(page(at) + 4040)); }
static int make_pipe(int at) {
  int *two = (int *)(page(at) + 4092);
  int done = pipe(two);
  close(two[0]);
  close(two[1]);
  return done;
}
static int uname_there(int at) { return uname((struct utsname *)(page(at) + 3900)); }
static int clock_there(int at) { return clock_gettime(CLOCK_REALTIME, (struct timespec *)(page(at) + 4088)); }
static int directory_there(int at) { return getcwd(page(at) + 4095, 200) == page(at) + 4095 ? 0 : -1; }
static int link_there(int at) { return (int)readlink("link", page(at) + 4094, 9); }
static int usage_there(int at) { return getrusage(RUSAGE_SELF, (struct rusage *)(page(at) + 4000)); }
static int limit_there(int at) { return getrlimit(RLIMIT_STACK, (struct rlimit *)(page(at) + 4088)); }
static int action_there(int at) {
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  sigaction(SIGUSR1, &action, NULL);
  return sigaction(SIGUSR1, NULL, (struct sigaction *)(page(at) + 4088));
}
static int mask_there(int at) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR2);
  return sigprocmask(SIG_BLOCK, &set, (sigset_t *)(page(at) + 40));
}
static int wait_there(int at) {
  pid_t child = fork();
  if (child == 0) _exit(7);
  return waitpid(child, (int *)(page(at) + 80), 0) == child ? 0 : -1;
}
static int info_there(int at) {
  pid_t child = fork();
  if (child == 0) _exit(8);
  return waitid(P_PID, (id_t)child, (siginfo_t *)(page(at) + 4080), WEXITED);
}

static const struct {
  const char *name;
  int (*call)(int at);
  int pages; /* that it writes to */
} calls[] = {{"pread", read_file, 3},         {"read", read_by_offset, 1},  {"readv", read_vector, 4},
             {"read from a pipe", read_pipe, 2}, {"read zeros", read_zero, 3}, {"fstat", stat_file, 2},
             {"pipe", make_pipe, 2},          {"uname", uname_there, 2},    {"clock_gettime", clock_there, 2},
             {"getcwd", directory_there, 2},  {"readlink", link_there, 2},  {"getrusage", usage_there, 2},
             {"getrlimit", limit_there, 2},   {"sigaction", action_there, 2}, {"sigprocmask", mask_there, 1},
             {"wait", wait_there, 1},         {"waitid", info_there, 2}};
#define CALLS (int)(sizeof calls / sizeof *calls)

/* How many of the pages are as they were filled. */
static int untouched(int pages) {
  int same = 0;
  for (int i = 0; i < pages; i++) same += wrong_words(page(i), PAGE, (unsigned long)i) == 0;
  return same;
}

int main(void) {
  struct turns turns;
  make_turns(&turns);
  area = mmap(NULL, PAGES * PAGE, RW, ANON, -1, 0);
  file = open("file", O_RDWR | O_CREAT, 0600);
  make_letters(file, 2 * PAGE);
  if (pipe(ends) != 0 || symlink("somewhere", "link") != 0) return 1;
  int needed = 0;
  for (int i = 0; i < CALLS; i++) needed += calls[i].pages;
  for (int i = 0; i < PAGES; i++) fill_words(page(i), PAGE, (unsigned long)i);

  pid_t child = fork();
  if (child == 0) {
    int at = 0;
    for (int i = 0; i < CALLS; i++) {
      int before = untouched(PAGES);
      int result = calls[i].call(at);
      say("child: %s: %d, %d pages changed\n", calls[i].name, result > 0 && i == 9 ? 0 : result, before - untouched(PAGES));
      at += calls[i].pages;
    }
    /* A grandchild's stores, and then the parent's calls, leave the child alone. */
    pid_t grandchild = fork();
    if (grandchild == 0) {
      memset(area, 'g', PAGES * PAGE);
      _exit(0);
    }
    reap("grandchild", grandchild);
    say("child: %d pages as before\n", untouched(PAGES));
    give_turn(turns.to_parent);
    take_turn(turns.to_child);
    say("child: %d pages as before\n", untouched(PAGES));
    _exit(0);
  }
  take_turn(turns.to_parent);
  number("parent: pages as before", untouched(PAGES));
  int at = 0, failed = 0;
  for (int i = 0; i < CALLS; i++) {
    failed += calls[i].call(at) < 0;
    at += calls[i].pages;
  }
  number("parent's calls that failed", failed);
  number("parent: pages as before", untouched(PAGES));
  give_turn(turns.to_child);
  reap("child", child);

  /* A signal frame on a stack that is shared. */
  static char stack[8 * PAGE];
  stack_t other;
  memset(&other, 0, sizeof other);
  other.ss_sp = stack;
  other.ss_size = sizeof stack;
  memset(stack, 's', sizeof stack);
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = SA_ONSTACK;
  sigaction(SIGUSR1, &action, NULL);
  sigaltstack(&other, NULL);
  child = fork();
  if (child == 0) {
    raise(SIGUSR1);
    int changed = 0;
    for (long i = 0; i < (long)sizeof stack; i++) changed += stack[i] != 's';
    say("child handled it: %s, its stack changed: %s\n", handled ? "yes" : "no", changed ? "yes" : "no");
    _exit(0);
  }
  reap("child", child);
  int changed = 0;
  for (long i = 0; i < (long)sizeof stack; i++) changed += stack[i] != 's';
  number("bytes of the parent's stack that changed", changed);
  truth("the calls needed no more pages than there are", needed <= PAGES);
  return 0;
}
