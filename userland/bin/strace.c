/* strace: runs a program, or attaches to one, and shows its system calls and signals. strace(1). How calls and values look is
   in tools/strace-calls.c and tools/strace-values.c. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "tools/strace.h"
#include "tools/tool.h"

enum { CALL_LIMIT = 512, OPTIONS = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXEC };

FILE *strace_output;
int strace_string_size = 32, strace_shows_paths, strace_align = 40, strace_hexadecimal;
struct tracee *strace_current;

static struct tracee *tracees;
/* Whose line has begun and not ended. */
static struct tracee *open_line;
static pid_t command = -1;
static int command_status = -1;
static int shows_numbers, appends, is_running; /* is_running: the command has been executed */
static int follows, counts_calls, quiet, time_format, relative, shows_duration, ever_many, only;
static const char *output_path;
static unsigned char hidden_calls[CALL_LIMIT];
static unsigned long hidden_signals;
static struct timespec last_time;
static volatile sig_atomic_t interrupted;
static struct total {
  long calls, errors, microseconds;
} totals[CALL_LIMIT];

static const char usage[] =
    "strace [-AcCfFnqrtTwxyzZ] [-a COLUMN] [-e EXPRESSION] [-o FILE] [-s SIZE] [-S KEY] [-E VARIABLE=VALUE]\n"
    "              { -p PID | COMMAND [ARGUMENT]... }\n"
    "Shows the system calls and signals of a program.\n"
    "  -f  follow its children              -p PID  attach to a process\n"
    "  -c  only count calls                 -C  count and show\n"
    "  -e trace=LIST   calls to show: names, %file, %process, %memory, %signal, %desc, all, none; ! inverts\n"
    "  -e signal=LIST  signals to show\n"
    "  -o FILE  write there, -A at its end   -s SIZE  bytes of strings (32)\n"
    "  -t, -tt, -ttt  time of day           -r  time since the last call     -T  time inside calls\n"
    "  -x, -xx  unprintable, all strings in hexadecimal                  -n  numbers of calls\n"
    "  -y  paths of descriptors             -z, -Z  only calls that succeed, that fail\n"
    "  -a COLUMN  align results (40)        -q  say less    -S KEY  sort counts by time, calls, errors, name\n";

static void interrupt(int number) { interrupted = number; }

static struct timespec now(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return time;
}

static long microseconds(struct timespec from, struct timespec to) {
  return (to.tv_sec - from.tv_sec) * 1000000 + (to.tv_nsec - from.tv_nsec) / 1000;
}

/* A line that somebody else began is left as it is, to be resumed. */
static void begin_line(struct tracee *t) {
  if (open_line) fputs(" <unfinished ...>\n", strace_output);
  open_line = t;
  strace_current = t;
  t->column = 0;
  if (output_path && follows) put("%-5d ", t->pid);
  else if (ever_many) put("[pid %5d] ", t->pid);
  struct timespec time = now(CLOCK_REALTIME);
  if (relative) {
    long passed = last_time.tv_sec ? microseconds(last_time, time) : 0;
    put("%6ld.%06ld ", passed / 1000000, passed % 1000000);
    last_time = time;
  }
  if (time_format == 3) put("%ld.%06ld ", (long)time.tv_sec, time.tv_nsec / 1000);
  else if (time_format) {
    char text[16];
    strftime(text, sizeof text, "%H:%M:%S", localtime(&time.tv_sec));
    put("%s", text);
    if (time_format == 2) put(".%06ld", time.tv_nsec / 1000);
    put(" ");
  }
  if (shows_numbers) put("[%4ld] ", t->number);
}

static void end_line(void) {
  fputs("\n", strace_output);
  fflush(strace_output);
  open_line = 0;
}

static struct tracee *find(pid_t pid) {
  for (struct tracee *t = tracees; t; t = t->next)
    if (t->pid == pid) return t;
  return 0;
}

static struct tracee *add(pid_t pid, int attached) {
  struct tracee *t = calloc(1, sizeof *t);
  if (!t) exit(tool_failed("memory"));
  t->pid = pid;
  t->attached = attached;
  t->is_new = 1;
  t->next = tracees;
  tracees = t;
  if (t->next) ever_many = 1;
  return t;
}

static void forget(struct tracee *t) {
  for (struct tracee **at = &tracees; *at; at = &(*at)->next)
    if (*at == t) {
      *at = t->next;
      break;
    }
  if (open_line == t) open_line = 0;
  if (strace_current == t) strace_current = 0;
  free(t);
  if (tracees && !tracees->next && !output_path) ever_many = 0;
}

static void enter(struct tracee *t, const struct __ptrace_syscall_info *info) {
  t->in_call = 1;
  t->stack = (unsigned long)info->stack_pointer;
  t->number = (long)info->entry.nr;
  for (int at = 0; at < 6; at++) t->arguments[at] = info->entry.args[at];
  t->is_shown = (t->number < 0 || t->number >= CALL_LIMIT || !hidden_calls[t->number]) && (t->pid != command || is_running || t->number == SYS_execve);
  t->began = now(CLOCK_MONOTONIC);
  /* Whether it will succeed is not known yet; what execve is called with is gone when it has. */
  if (!t->is_shown || counts_calls == 1 || only) return;
  begin_line(t);
  show_arguments(t);
  fflush(strace_output);
}

static void count(struct tracee *t) {
  if (!counts_calls || t->number < 0 || t->number >= CALL_LIMIT) return;
  struct total *total = &totals[t->number];
  total->calls++;
  total->errors += t->has_failed;
  total->microseconds += microseconds(t->began, now(CLOCK_MONOTONIC));
}

static void leave(struct tracee *t, const struct __ptrace_syscall_info *info) {
  t->in_call = 0;
  t->result = (long)info->exit.rval;
  t->has_failed = info->exit.is_error;
  if (t->pid == command && t->number == SYS_execve && !t->has_failed) is_running = 1;
  if (!t->is_shown) return;
  count(t);
  if (counts_calls == 1 || (only && (only == 'z') == t->has_failed)) return;
  strace_current = t;
  if (only) {
    begin_line(t);
    show_arguments(t);
  } else if (open_line != t) {
    begin_line(t);
    put("<... %s resumed>", call_name(t->number) ? call_name(t->number) : "syscall");
  }
  show_result(t);
  if (shows_duration) {
    long passed = microseconds(t->began, now(CLOCK_MONOTONIC));
    put(" <%ld.%06ld>", passed / 1000000, passed % 1000000);
  }
  end_line();
}

/* What is said about a call that never comes back. */
static void abandon_call(struct tracee *t, const char *what) {
  if (!t->in_call || !t->is_shown || counts_calls == 1 || only) return;
  if (open_line != t) {
    begin_line(t);
    put("<... %s resumed>", call_name(t->number) ? call_name(t->number) : "syscall");
  }
  if (*what == '?') {
    put(")");
    put("%*s= ?", t->column < strace_align ? strace_align - t->column : 1, "");
  } else put("%s", what);
  end_line();
}

static void call_stop(struct tracee *t) {
  struct __ptrace_syscall_info info;
  if (ptrace(PTRACE_GET_SYSCALL_INFO, t->pid, (void *)sizeof info, &info) < 0) return;
  if (info.op == PTRACE_SYSCALL_INFO_ENTRY) enter(t, &info);
  else if (info.op == PTRACE_SYSCALL_INFO_EXIT && t->in_call) leave(t, &info);
}

static void signal_stop(struct tracee *t, int number) {
  siginfo_t info;
  if (counts_calls == 1 || hidden_signals >> (number - 1) & 1) return;
  begin_line(t);
  put("--- ");
  if (ptrace(PTRACE_GETSIGINFO, t->pid, 0, &info) == 0) {
    put_signal(number);
    put(" ");
    put_siginfo(&info);
  } else {
    put("stopped by ");
    put_signal(number);
  }
  put(" ---");
  end_line();
}

static void ended(struct tracee *t, int status) {
  if (t->pid == command) command_status = status;
  abandon_call(t, WIFEXITED(status) ? "?" : " <unfinished ...>");
  if (counts_calls != 1 && quiet < 2) {
    begin_line(t);
    if (WIFEXITED(status)) put("+++ exited with %d +++", WEXITSTATUS(status));
    else {
      put("+++ killed by ");
      put_signal(WTERMSIG(status));
      put(" +++");
    }
    end_line();
  }
  forget(t);
}

/* One stop: shows it, and says with which signal the tracee is to go on; -1 to leave it as it is. */
static int stopped(struct tracee *t, int status) {
  int number = WSTOPSIG(status), event = status >> 16;
  if (number == (SIGTRAP | 0x80)) {
    call_stop(t);
    return 0;
  }
  if (event == PTRACE_EVENT_STOP) {
    int is_first = t->is_new;
    t->is_new = 0;
    if (number == SIGTRAP || (is_first && t->is_waking)) return 0;
    if (counts_calls != 1) {
      begin_line(t);
      put("--- stopped by ");
      put_signal(number);
      put(" ---");
      end_line();
    }
    return ptrace(PTRACE_LISTEN, t->pid, 0, 0) == 0 ? -1 : 0;
  }
  if (event) return 0;
  if ((t->is_new && number == SIGSTOP) || (t->is_waking && number == SIGCONT)) {
    if (number == SIGSTOP) t->is_new = 0;
    else t->is_waking = 0;
    return 0;
  }
  signal_stop(t, number);
  return number;
}

static void follow(void) {
  while (tracees) {
    int status;
    pid_t pid = waitpid(-1, &status, __WALL);
    if (interrupted) return;
    if (pid < 0) {
      if (errno == EINTR) continue;
      return;
    }
    struct tracee *t = find(pid);
    if (!t) {
      t = add(pid, 0);
      if (!quiet && counts_calls != 1) {
        if (open_line && !output_path) {
          fputs(" <unfinished ...>\n", strace_output);
          open_line = 0;
        }
        fprintf(stderr, "strace: Process %d attached\n", pid);
      }
    }
    if (WIFEXITED(status) || WIFSIGNALED(status)) {
      ended(t, status);
      continue;
    }
    int number = stopped(t, status);
    /* It may have been killed meanwhile: wait will say so. */
    if (number >= 0) ptrace(PTRACE_SYSCALL, pid, 0, (void *)(long)number);
  }
}

/* Lets go of those who were there before us, and ends what we began. */
static void let_go(void) {
  for (struct tracee *t = tracees; t; t = t->next) {
    if (!t->attached) {
      kill(t->pid, SIGCONT);
      kill(t->pid, interrupted);
      ptrace(PTRACE_DETACH, t->pid, 0, 0);
      continue;
    }
    if (ptrace(PTRACE_DETACH, t->pid, 0, 0) < 0 && errno == ESRCH) {
      int status;
      ptrace(PTRACE_INTERRUPT, t->pid, 0, 0);
      if (waitpid(t->pid, &status, __WALL) == t->pid && WIFSTOPPED(status)) ptrace(PTRACE_DETACH, t->pid, 0, 0);
    }
    if (open_line == t) abandon_call(t, " <detached ...>");
    if (!quiet) fprintf(stderr, "strace: Process %d detached\n", t->pid);
  }
}

static int sort_key = 't';

static int by_key(const void *a, const void *b) {
  const short *x = a, *y = b;
  const struct total *s = &totals[*x], *t = &totals[*y];
  long difference = sort_key == 'n' ? strcmp(call_name(*x), call_name(*y))
                    : sort_key == 'c' ? t->calls - s->calls
                    : sort_key == 'e' ? t->errors - s->errors
                                      : t->microseconds - s->microseconds;
  return difference < 0 ? -1 : difference > 0;
}

static void summary(void) {
  static const char rule[] = "------ ----------- ----------- --------- --------- ----------------\n";
  short order[CALL_LIMIT];
  int used = 0;
  struct total all = {0, 0, 0};
  for (short number = 0; number < CALL_LIMIT; number++) {
    if (!totals[number].calls) continue;
    order[used++] = number;
    all.calls += totals[number].calls;
    all.errors += totals[number].errors;
    all.microseconds += totals[number].microseconds;
  }
  if (sort_key != '-') qsort(order, (size_t)used, sizeof *order, by_key);
  fprintf(strace_output, "%% time     seconds  usecs/call     calls    errors syscall\n%s", rule);
  for (int at = 0; at <= used; at++) {
    int is_total = at == used;
    const struct total *total = is_total ? &all : &totals[order[at]];
    long share = all.microseconds ? total->microseconds * 10000 / all.microseconds : is_total ? 10000 : 0;
    if (is_total) fputs(rule, strace_output);
    fprintf(strace_output, "%3ld.%02ld %4ld.%06ld %11ld %9ld ", share / 100, share % 100, total->microseconds / 1000000,
            total->microseconds % 1000000, total->calls ? total->microseconds / total->calls : 0, total->calls);
    if (total->errors) fprintf(strace_output, "%9ld ", total->errors);
    else fprintf(strace_output, "%9s ", "");
    fprintf(strace_output, "%s\n", is_total ? "total" : call_name(order[at]));
  }
}

static void choose_calls(char *list) {
  int inverted = *list == '!';
  memset(hidden_calls, !inverted, sizeof hidden_calls);
  for (char *word = strtok(list + inverted, ","); word; word = strtok(0, ",")) {
    if (strcmp(word, "all") == 0) memset(hidden_calls, inverted, sizeof hidden_calls);
    if (strcmp(word, "all") == 0 || strcmp(word, "none") == 0) continue;
    int optional = *word == '?';
    word += optional;
    int is_class = *word == '%' || strcmp(word, "file") == 0 || strcmp(word, "process") == 0 || strcmp(word, "memory") == 0 ||
                   strcmp(word, "signal") == 0 || strcmp(word, "desc") == 0;
    const char *class = word + (*word == '%');
    long number = is_class ? -1 : call_number(word);
    if (is_class ? call_in_class(0, class) < 0 : number < 0 && !optional) {
      tool_complain("invalid system call '%s'", word);
      exit(1);
    }
    for (long at = 0; at < CALL_LIMIT; at++)
      if (is_class ? call_name(at) && call_in_class(at, class) : at == number) hidden_calls[at] = (unsigned char)inverted;
  }
}

static void choose_signals(char *list) {
  int inverted = *list == '!';
  hidden_signals = inverted ? 0 : ~0UL;
  for (char *word = strtok(list + inverted, ","); word; word = strtok(0, ",")) {
    if (strcmp(word, "all") == 0) hidden_signals = inverted ? ~0UL : 0;
    if (strcmp(word, "all") == 0 || strcmp(word, "none") == 0) continue;
    if (strncmp(word, "SIG", 3) == 0) word += 3;
    int number;
    if (str2sig(word, &number) != 0) {
      tool_complain("invalid signal '%s'", word);
      exit(1);
    }
    if (inverted) hidden_signals |= 1UL << (number - 1);
    else hidden_signals &= ~(1UL << (number - 1));
  }
}

static void express(char *text) {
  char *equals = strchr(text, '=');
  if (!equals) choose_calls(text);
  else if (strncmp(text, "trace=", 6) == 0 || strncmp(text, "t=", 2) == 0) choose_calls(equals + 1);
  else if (strncmp(text, "signal=", 7) == 0 || strncmp(text, "signals=", 8) == 0 || strncmp(text, "s=", 2) == 0)
    choose_signals(equals + 1);
  else if (strcmp(text, "status=successful") == 0) only = 'z';
  else if (strcmp(text, "status=failed") == 0) only = 'Z';
  else if (strncmp(text, "quiet=", 6) == 0 || strncmp(text, "q=", 2) == 0) quiet = 2;
  else {
    tool_complain("invalid -e expression '%s'", text);
    exit(1);
  }
}

static long options_of(void) {
  return OPTIONS | (follows ? PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACECLONE : 0);
}

static void attach(char *list) {
  for (char *word = strtok(list, ", "); word; word = strtok(0, ", ")) {
    pid_t pid = (pid_t)tool_number(word, 10, 1 << 30, "process id");
    if (ptrace(PTRACE_SEIZE, pid, 0, (void *)options_of()) < 0) {
      tool_complain("attach: ptrace(PTRACE_SEIZE, %d): %s", pid, strerror(errno));
      continue;
    }
    ptrace(PTRACE_INTERRUPT, pid, 0, 0);
    add(pid, 1);
    if (!quiet) fprintf(stderr, "strace: Process %d attached\n", pid);
  }
}

/* The path that execvp would take, to complain before there is a child. */
static const char *locate(const char *file) {
  static char path[4096];
  if (strchr(file, '/')) return access(file, F_OK) == 0 ? file : 0;
  for (const char *at = getenv("PATH"); at && *at;) {
    size_t length = strcspn(at, ":");
    snprintf(path, sizeof path, "%.*s%s%s", (int)length, at, length ? "/" : "", file);
    if (access(path, X_OK) == 0) return path;
    at += length + (at[length] == ':');
  }
  return 0;
}

static void start(char **arguments) {
  const char *path = locate(arguments[0]);
  if (!path) {
    tool_complain("Can't stat '%s': %s", arguments[0], strerror(strchr(arguments[0], '/') ? errno : ENOENT));
    exit(1);
  }
  command = fork();
  if (command < 0) exit(tool_failed("fork"));
  if (command == 0) {
    raise(SIGSTOP);
    execv(path, arguments);
    fprintf(stderr, "strace: exec: %s\n", strerror(errno));
    _exit(1);
  }
  int status;
  waitpid(command, &status, WUNTRACED);
  if (ptrace(PTRACE_SEIZE, command, 0, (void *)(options_of() | PTRACE_O_EXITKILL)) < 0) exit(tool_failed("ptrace"));
  add(command, 0)->is_waking = 1;
  kill(command, SIGCONT);
}

static void open_output(void) {
  strace_output = stderr;
  if (!output_path) return;
  int is_pipe = *output_path == '|' || *output_path == '!';
  strace_output = is_pipe ? popen(output_path + 1, "w") : fopen(output_path, appends ? "ae" : "we");
  if (!strace_output) exit(tool_complain("Can't fopen '%s': %s", output_path, strerror(errno)));
}

int main(int argc, char **argv) {
  char *processes = 0;
  int letter;
  tool_start(argc, argv, usage);
  while ((letter = getopt(argc, argv, "+a:AcCe:E:fFhno:p:qrs:S:tTVwxyzZ")) != -1) switch (letter) {
      case 'a': strace_align = (int)tool_number(optarg, 10, 1000, "-a argument"); break;
      case 'A': appends = 1; break;
      case 'c': counts_calls = 1; break;
      case 'C': counts_calls = 2; break;
      case 'e': express(optarg); break;
      case 'E':
        if (strchr(optarg, '=')) putenv(optarg);
        else unsetenv(optarg);
        break;
      case 'f':
      case 'F': follows = 1; break;
      case 'h':
        printf("usage: %s", usage);
        return tool_finish(0);
      case 'n': shows_numbers = 1; break;
      case 'o': output_path = optarg; break;
      case 'p': processes = optarg; break;
      case 'q': quiet++; break;
      case 'r': relative = 1; break;
      case 's': strace_string_size = (int)tool_number(optarg, 10, 65536, "-s argument"); break;
      case 'S':
        if (strcmp(optarg, "nothing") != 0 && strcmp(optarg, "none") != 0 && !strchr("tcen", *optarg))
          return tool_complain("invalid sortby: '%s'", optarg);
        sort_key = strncmp(optarg, "no", 2) == 0 ? '-' : *optarg;
        break;
      case 't': time_format++; break;
      case 'T': shows_duration = 1; break;
      case 'V': puts("strace -- Vitrine's"); return tool_finish(0);
      case 'w': break; /* see -c: there is no other time */
      case 'x': strace_hexadecimal++; break;
      case 'y': strace_shows_paths = 1; break;
      case 'z':
      case 'Z': only = letter; break;
      default:
        fprintf(stderr, "Try 'strace -h' for more information.\n");
        return 1;
    }
  if (optind == argc && !processes) {
    fprintf(stderr, "strace: must have PROG [ARGS] or -p PID\nTry 'strace -h' for more information.\n");
    return 1;
  }
  open_output();
  if (processes) attach(processes);
  if (optind < argc) start(argv + optind);
  else if (!tracees) return 1;
  /* What the terminal sends goes to the program, too: it decides. */
  struct sigaction action = {.sa_handler = command > 0 ? SIG_IGN : interrupt};
  sigaction(SIGINT, &action, 0);
  sigaction(SIGQUIT, &action, 0);
  action.sa_handler = interrupt;
  sigaction(SIGTERM, &action, 0);
  sigaction(SIGHUP, &action, 0);
  follow();
  if (interrupted) let_go();
  if (counts_calls) summary();
  if (output_path && *output_path != '|' && *output_path != '!') fclose(strace_output);
  else if (output_path) pclose(strace_output);
  int number = interrupted ? interrupted : command_status > 0 && WIFSIGNALED(command_status) ? WTERMSIG(command_status) : 0;
  if (number) {
    signal(number, SIG_DFL);
    raise(number);
  }
  return command_status > 0 ? WEXITSTATUS(command_status) : 0;
}
