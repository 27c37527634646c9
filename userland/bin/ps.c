/* ps: processes, from /proc. Understands UNIX options (-ef, -p, -o, --sort) and BSD's (aux, axl, without a dash). */
#include <ctype.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>
#include "tools/proc.h"
#include "tools/tool.h"

static const char usage[] =
    "ps [OPTION]...\n"
    "Lists the processes of this terminal.\n"
    "  -e -A ax   all          -p PID,...  only these        -C NAME,...  only of these names    -t TTY  -u USER\n"
    "  -f -l u l  with more columns                          -o COLUMN[=HEADING],...  just these columns\n"
    "  --sort [-]COLUMN,...  in this order (also k)           --no-headers (also h)\n"
    "Columns: pid ppid pgid sid user uid tty stat state s time cputime etime start pcpu pmem vsz rss swap maj_flt min_flt\n"
    "nice pri comm args wchan tracer. RSS is what of a process is in RAM, SWAP what is swapped out, both in KiB; state D is a\n"
    "process that waits for swap, t one that a tracer has stopped.\n";

struct row {
  struct process process;
  unsigned long start, minor, major, swap, tracer;
  long nice, priority;
  char *arguments, *wait;
};

static unsigned long uptime; /* clock ticks */
static long ticks;
static unsigned long memory; /* KiB */

static void terminal_name(unsigned long device, char to[12]) {
  if (device == 0) strcpy(to, "?");
  else if (major(device) >= 136 && major(device) < 144)
    snprintf(to, 12, "pts/%u", (unsigned)((major(device) - 136) * 256 + minor(device)));
  else snprintf(to, 12, "tty%u", (unsigned)minor(device));
}

/* [[days-]hours:]minutes:seconds */
static void span(unsigned long seconds, char *to, size_t size) {
  unsigned long days = seconds / 86400, hours = seconds / 3600 % 24, minutes = seconds / 60 % 60;
  if (days) snprintf(to, size, "%lu-%02lu:%02lu:%02lu", days, hours, minutes, seconds % 60);
  else if (hours) snprintf(to, size, "%02lu:%02lu:%02lu", hours, minutes, seconds % 60);
  else snprintf(to, size, "%02lu:%02lu", minutes, seconds % 60);
}

static void put_state(const struct row *row, char *to) {
  const struct process *p = &row->process;
  char *at = to;
  *at++ = p->state;
  if (row->nice < 0) *at++ = '<';
  if (row->nice > 0) *at++ = 'N';
  if (p->session == p->pid) *at++ = 's';
  if (p->tty_group == p->group && p->tty != 0) *at++ = '+';
  *at = 0;
}

static unsigned long age(const struct row *row) { return uptime > row->start ? uptime - row->start : 0; }

/* Thousandths of the time it has lived. */
static unsigned long share(const struct row *row) {
  unsigned long lived = age(row);
  return lived ? row->process.ticks * 1000 / lived : 0;
}

enum column {
  PID, PPID, PGID, SID, USER, UID, TTY, STAT, STATE, TIME, BSD_TIME, ETIME, START, PCPU, C, PMEM, VSZ, RSS, SWAP, MAJOR, MINOR, NICE, PRI,
  COMM, ARGS, WCHAN, TRACER, FLAGS, ADDRESS, COLUMNS
};

static const struct {
  const char *names, *heading;
  int width, is_left;
} columns[COLUMNS] = {
    [PID] = {"pid ", "PID", 5, 0},       [PPID] = {"ppid ", "PPID", 5, 0},   [PGID] = {"pgid pgrp ", "PGID", 5, 0},
    [SID] = {"sid sess session ", "SID", 5, 0}, [USER] = {"user euser uname ruser ", "USER", 8, 1}, [UID] = {"uid euid ruid ", "UID", 5, 0},
    [TTY] = {"tty tt tname ", "TTY", 8, 1}, [STAT] = {"stat ", "STAT", 4, 1}, [STATE] = {"state s ", "S", 1, 1},
    [TIME] = {"time cputime ", "TIME", 8, 0}, [BSD_TIME] = {"bsdtime ", "TIME", 6, 0}, [ETIME] = {"etime ", "ELAPSED", 11, 0},
    [START] = {"start stime start_time bsdstart lstart ", "START", 5, 0}, [PCPU] = {"pcpu %cpu ", "%CPU", 4, 0}, [C] = {"c ", "C", 2, 0},
    [PMEM] = {"pmem %mem ", "%MEM", 4, 0}, [VSZ] = {"vsz vsize ", "VSZ", 6, 0}, [RSS] = {"rss rssize rsz ", "RSS", 5, 0},
    [SWAP] = {"swap ", "SWAP", 5, 0}, [MAJOR] = {"maj_flt majflt ", "MAJFL", 6, 0}, [MINOR] = {"min_flt minflt ", "MINFL", 6, 0},
    [NICE] = {"nice ni ", "NI", 3, 0}, [PRI] = {"pri ", "PRI", 3, 0}, [COMM] = {"comm ucmd ucomm ", "COMMAND", 15, 1},
    [ARGS] = {"args cmd command ", "COMMAND", 27, 1}, [WCHAN] = {"wchan ", "WCHAN", 6, 1}, [TRACER] = {"tracer ", "TRACER", 6, 0},
    [FLAGS] = {"f flags flag ", "F", 1, 0}, [ADDRESS] = {"addr ", "ADDR", 4, 1},
};

static void cell(const struct row *row, enum column column, char to[4096]) {
  const struct process *p = &row->process;
  unsigned long seconds = p->ticks / (unsigned long)ticks;
  switch (column) {
    case PID: sprintf(to, "%d", p->pid); break;
    case PPID: sprintf(to, "%d", p->parent); break;
    case PGID: sprintf(to, "%d", p->group); break;
    case SID: sprintf(to, "%d", p->session); break;
    case USER: strcpy(to, "root"); break;
    case UID: strcpy(to, "0"); break;
    case TTY: terminal_name(p->tty, to); break;
    case STAT: put_state(row, to); break;
    case STATE: sprintf(to, "%c", p->state); break;
    case TIME: sprintf(to, "%02lu:%02lu:%02lu", seconds / 3600, seconds / 60 % 60, seconds % 60); break;
    case BSD_TIME: sprintf(to, "%lu:%02lu", seconds / 60, seconds % 60); break;
    case ETIME: span(age(row) / (unsigned long)ticks, to, 32); break;
    case START: {
      time_t when = time(0) - (time_t)(age(row) / (unsigned long)ticks);
      to[strftime(to, 16, age(row) / (unsigned long)ticks < 86400 ? "%H:%M" : "%b%d", localtime(&when))] = 0;
      break;
    }
    case PCPU: sprintf(to, "%lu.%lu", share(row) / 10, share(row) % 10); break;
    case C: sprintf(to, "%lu", share(row) / 10); break;
    case PMEM: {
      unsigned long part = memory ? p->resident / 1024 * 1000 / memory : 0;
      sprintf(to, "%lu.%lu", part / 10, part % 10);
      break;
    }
    case VSZ: sprintf(to, "%lu", p->size / 1024); break;
    case RSS: sprintf(to, "%lu", p->resident / 1024); break;
    case SWAP: sprintf(to, "%lu", row->swap); break;
    case MAJOR: sprintf(to, "%lu", row->major); break;
    case MINOR: sprintf(to, "%lu", row->minor); break;
    case NICE: sprintf(to, "%ld", row->nice); break;
    case PRI: sprintf(to, "%ld", 39 - row->priority); break;
    case COMM: snprintf(to, 64, "%s%s", p->name, p->state == 'Z' ? " <defunct>" : ""); break;
    case ARGS:
      if (row->arguments) snprintf(to, 4096, "%s", row->arguments);
      else if (p->state == 'Z') snprintf(to, 64, "[%s] <defunct>", p->name);
      else snprintf(to, 64, "[%s]", p->name);
      break;
    case WCHAN: snprintf(to, 64, "%s", row->wait && strcmp(row->wait, "0") ? row->wait : "-"); break;
    case TRACER: sprintf(to, "%lu", row->tracer); break;
    case FLAGS: strcpy(to, "0"); break;
    case ADDRESS: strcpy(to, "-"); break;
    case COLUMNS: break;
  }
}

static struct {
  enum column column;
  char heading[32];
  int width;
} shown[32];
static int shown_count, headings = 1;

static enum column named(const char *name, size_t size) {
  for (int column = 0; column < COLUMNS; column++)
    for (const char *at = columns[column].names; *at;) {
      size_t length = strcspn(at, " ");
      if (length == size && strncasecmp(at, name, size) == 0) return (enum column)column;
      at += length + 1;
    }
  return COLUMNS;
}

static void show(enum column column, const char *heading) {
  if (shown_count == 32) return;
  shown[shown_count].column = column;
  snprintf(shown[shown_count].heading, 32, "%s", heading ? heading : columns[column].heading);
  shown[shown_count].width = columns[column].width;
  if ((int)strlen(shown[shown_count].heading) > shown[shown_count].width) shown[shown_count].width = (int)strlen(shown[shown_count].heading);
  shown_count++;
}

/* "pid,comm=NAME,args=": a heading ends at the comma, as procps has it. */
static void choose(char *list) {
  while (*list) {
    size_t size = strcspn(list, ", =");
    enum column column = named(list, size);
    if (column == COLUMNS) {
      fprintf(stderr, "error: unknown user-defined format specifier \"%.*s\"\n", (int)size, list);
      exit(1);
    }
    list += size;
    if (*list == '=') {
      char *heading = list + 1;
      list += strcspn(list, ",");
      int more = *list == ',';
      *list = 0;
      show(column, heading);
      list += more;
      continue;
    }
    show(column, 0);
    list += *list != 0;
  }
}

static char *order = 0;

static long compare_by(const struct row *a, const struct row *b, enum column column) {
  switch (column) {
    case PID: return a->process.pid - b->process.pid;
    case PPID: return a->process.parent - b->process.parent;
    case PGID: return a->process.group - b->process.group;
    case SID: return a->process.session - b->process.session;
    case VSZ: return (long)a->process.size - (long)b->process.size;
    case RSS:
    case PMEM: return (long)a->process.resident - (long)b->process.resident;
    case SWAP: return (long)a->swap - (long)b->swap;
    case TIME:
    case BSD_TIME: return (long)a->process.ticks - (long)b->process.ticks;
    case PCPU:
    case C: return (long)share(a) - (long)share(b);
    case START: return (long)a->start - (long)b->start;
    case ETIME: return (long)b->start - (long)a->start;
    case MAJOR: return (long)a->major - (long)b->major;
    case MINOR: return (long)a->minor - (long)b->minor;
    case NICE: return a->nice - b->nice;
    case PRI: return b->priority - a->priority;
    default: {
      static char left[4096], right[4096];
      cell(a, column, left);
      cell(b, column, right);
      return strcmp(left, right);
    }
  }
}

static int compare(const void *left, const void *right) {
  const struct row *a = left, *b = right;
  for (const char *at = order; at && *at;) {
    int minus = *at == '-';
    at += *at == '-' || *at == '+';
    size_t size = strcspn(at, ",");
    long difference = compare_by(a, b, named(at, size));
    if (difference) return (difference < 0) == minus ? 1 : -1;
    at += size + (at[size] == ',');
  }
  return a->process.pid - b->process.pid;
}

static void check_order(void) {
  for (const char *at = order; at && *at;) {
    at += *at == '-' || *at == '+';
    size_t size = strcspn(at, ",");
    if (named(at, size) == COLUMNS) {
      fprintf(stderr, "error: unknown sort specifier\n");
      exit(1);
    }
    at += size + (at[size] == ',');
  }
}

static char *file_of(pid_t pid, const char *name, size_t *size) {
  char path[48];
  snprintf(path, sizeof path, "/proc/%d/%s", pid, name);
  return tool_read_file(path, size);
}

/* Whether there still is such a process. */
static int read_row(pid_t pid, struct row *row) {
  memset(row, 0, sizeof *row);
  if (proc_read(pid, &row->process) < 0) return 0;
  size_t size = 0;
  char *stat = file_of(pid, "stat", 0), *status = file_of(pid, "status", 0), *at = stat ? strrchr(stat, ')') : 0;
  /* The fields after the name, from the third on (proc_pid_stat(5)). */
  for (int field = 3; at && *at && field <= 22; field++) {
    at = strchr(at, ' ');
    if (!at) break;
    long value = strtol(++at, 0, 10);
    if (field == 10) row->minor = (unsigned long)value;
    if (field == 12) row->major = (unsigned long)value;
    if (field == 18) row->priority = value;
    if (field == 19) row->nice = value;
    if (field == 22) row->start = (unsigned long)value;
  }
  if (status) row->swap = tool_value(status, "VmSwap"), row->tracer = tool_value(status, "TracerPid");
  free(stat);
  free(status);
  row->arguments = file_of(pid, "cmdline", &size);
  if (row->arguments && size == 0) free(row->arguments), row->arguments = 0;
  for (size_t i = 0; row->arguments && i + 1 < size; i++)
    if (!row->arguments[i]) row->arguments[i] = ' ';
  row->wait = file_of(pid, "wchan", 0);
  return 1;
}

static int in_list(const char *list, const char *word) {
  size_t length = strlen(word);
  for (const char *at = list; *at;) {
    size_t size = strcspn(at, ", ");
    if (size == length && strncmp(at, word, size) == 0) return 1;
    at += size + (at[size] != 0);
  }
  return 0;
}

static int everything, of_all_terminals, without_terminal, full, is_bsd, long_format;
static const char *pids, *names, *terminals, *users, *parents;

static int is_wanted(const struct row *row, const struct process *self) {
  char text[12];
  const struct process *p = &row->process;
  if (pids || names || terminals || users || parents) {
    sprintf(text, "%d", p->pid);
    if (pids && in_list(pids, text)) return 1;
    sprintf(text, "%d", p->parent);
    if (parents && in_list(parents, text)) return 1;
    if (names && in_list(names, p->name)) return 1;
    if (users && (in_list(users, "root") || in_list(users, "0"))) return 1;
    terminal_name(p->tty, text);
    return terminals && in_list(terminals, text);
  }
  if (everything || (of_all_terminals && without_terminal)) return 1;
  if (of_all_terminals) return p->tty != 0;
  return without_terminal ? 1 : p->tty == self->tty;
}

static void bsd_option(const char *letters, int *at, int argc, char **argv) {
  for (; *letters; letters++) switch (*letters) {
      case 'a': of_all_terminals = 1; break;
      case 'x': without_terminal = 1; break;
      case 'u': full = 'u'; break;
      case 'l': full = 'l'; break;
      case 'j': full = 'j'; break;
      case 'h': headings = 0; break;
      case 'w':
      case 'e':
      case 'f': break;
      case 'k':
      case 'o':
      case 'p':
        if (*at + 1 >= argc) tool_bad_usage();
        ++*at;
        if (*letters == 'k') order = argv[*at];
        else if (*letters == 'o') choose(argv[*at]);
        else pids = argv[*at];
        break;
      default:
        if (isdigit((unsigned char)*letters)) {
          pids = letters;
          return;
        }
        fprintf(stderr, "error: unsupported option (BSD syntax)\n");
        tool_bad_usage();
    }
  is_bsd = 1;
}

static void choose_columns(void) {
  static char bsd_user[] = "user,pid,pcpu,pmem,vsz,rss,swap,tty,stat,start,bsdtime,args";
  static char bsd_long[] = "f,uid,pid,ppid,pri,nice,vsz,rss,wchan,stat,tty,bsdtime,args";
  static char bsd_jobs[] = "ppid,pid,pgid,sid,tty,stat,uid,bsdtime,args";
  static char unix_full[] = "user,pid,ppid,c,start,tty,time,args";
  static char unix_long[] = "f,s,uid,pid,ppid,c,pri,nice,addr,vsz,wchan,tty,time,comm";
  static char bsd_plain[] = "pid,tty,stat,bsdtime,args", plain[] = "pid,tty,time,comm";
  if (shown_count) return;
  if (is_bsd) choose(full == 'u' ? bsd_user : full == 'l' ? bsd_long : full == 'j' ? bsd_jobs : bsd_plain);
  else choose(full ? unix_full : long_format ? unix_long : plain);
  for (int at = 0; at < shown_count; at++) {
    if (shown[at].column == COMM && !is_bsd) strcpy(shown[at].heading, "CMD");
    if (shown[at].column == ARGS && !is_bsd) strcpy(shown[at].heading, "CMD");
    if (shown[at].column == START && !is_bsd) strcpy(shown[at].heading, "STIME");
    if (shown[at].column == USER && !is_bsd) strcpy(shown[at].heading, "UID");
  }
}

static void put_row(const struct row *row) {
  static char text[4096];
  for (int at = 0; at < shown_count; at++) {
    int is_last = at + 1 == shown_count, is_left = columns[shown[at].column].is_left;
    if (row) cell(row, shown[at].column, text);
    else snprintf(text, sizeof text, "%s", shown[at].heading);
    printf("%s%*s", at ? " " : "", is_last && is_left ? 0 : is_left ? -shown[at].width : shown[at].width, text);
  }
  putchar('\n');
}

static void read_machine(void) {
  char *text = tool_read_file("/proc/uptime", 0), *point;
  ticks = sysconf(_SC_CLK_TCK);
  if (text) {
    unsigned long seconds = strtoul(text, &point, 10);
    uptime = seconds * (unsigned long)ticks + strtoul(point + 1, 0, 10) * (unsigned long)ticks / 100;
  }
  free(text);
  text = tool_read_file("/proc/meminfo", 0);
  if (text) memory = tool_value(text, "MemTotal");
  free(text);
}

int main(int argc, char **argv) {
  static const struct option longs[] = {{"sort", 1, 0, 'k'}, {"no-headers", 0, 0, 'h'}, {"no-heading", 0, 0, 'h'}, {"pid", 1, 0, 'p'},
      {"ppid", 1, 0, 'P'}, {"format", 1, 0, 'o'}, {"user", 1, 0, 'u'}, {"tty", 1, 0, 't'}, {0, 0, 0, 0}};
  tool_start(argc, argv, usage);
  for (int option; (option = getopt_long(argc, argv, "eAafljwp:o:C:t:u:U:", longs, 0)) != -1;) switch (option) {
      case 'e':
      case 'A': everything = 1; break;
      case 'a': of_all_terminals = 1; break;
      case 'f': full = 'f'; break;
      case 'l': long_format = 1; break;
      case 'j': {
        static char jobs[] = "pid,pgid,sid,tty,time,comm";
        choose(jobs);
        break;
      }
      case 'w': break;
      case 'p': pids = optarg; break;
      case 'P': parents = optarg; break;
      case 'o': choose(optarg); break;
      case 'C': names = optarg; break;
      case 't': terminals = strncmp(optarg, "/dev/", 5) == 0 ? optarg + 5 : optarg; break;
      case 'u':
      case 'U': users = optarg; break;
      case 'k': order = optarg; break;
      case 'h': headings = 0; break;
      default: tool_bad_usage();
    }
  for (int at = optind; at < argc; at++) bsd_option(argv[at], &at, argc, argv);
  choose_columns();
  check_order();
  read_machine();

  struct process self;
  pid_t *list;
  int count = proc_list(&list), used = 0;
  if (count < 0 || proc_read(getpid(), &self) < 0) return tool_failed("/proc");
  struct row *rows = calloc((size_t)count + 1, sizeof *rows);
  if (!rows) return tool_failed("malloc");
  for (int i = 0; i < count; i++)
    if (read_row(list[i], &rows[used]) && is_wanted(&rows[used], &self)) used++;
  qsort(rows, (size_t)used, sizeof *rows, compare);
  int any_heading = 0;
  for (int at = 0; at < shown_count; at++) any_heading |= shown[at].heading[0];
  if (headings && any_heading) put_row(0);
  for (int i = 0; i < used; i++) put_row(&rows[i]);
  return tool_finish(used ? 0 : 1);
}
