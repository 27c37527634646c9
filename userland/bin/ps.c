/* ps: processes, from /proc. Understands UNIX options (-ef, -p, -o, --sort) and BSD's (aux, axl, without a dash). */
#include <ctype.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "tools/file.h"
#include "tools/ps.h"
#include "tools/screen.h"
#include "tools/tool.h"

static const char usage[] =
    "ps [OPTION]...\n"
    "Lists the processes of this terminal.\n"
    "  -e -A ax   all          -p PID,...  only these        -C NAME,...  only of these names    -t TTY  -u USER\n"
    "  -f -F -l -j u l j  with more columns   f -H --forest  as a tree   -N  all others   r  those that run\n"
    "  -d  all but leaders of sessions   -s SID,...  of these sessions   -o COLUMN[=HEADING],...  just these columns\n"
    "  --sort [-]COLUMN,...  in this order (also k)           --no-headers (also h)\n"
    "  w  132 columns wide on a terminal, ww or -ww as wide as it is       --cols N  N columns\n"
    "Columns: pid ppid pgid sid user uid tty stat state s time cputime etime start pcpu pmem vsz rss swap maj_flt min_flt\n"
    "nice pri comm args wchan tracer. RSS is what of a process is in RAM, SWAP what is swapped out, both in KiB; state D is a\n"
    "process that waits for swap, t one that a tracer has stopped.\n";

static struct {
  enum column column;
  char heading[32];
  int width;
} shown[32];
static int shown_count, headings = 1;

static void show(enum column column, const char *heading) {
  if (shown_count == 32) return;
  shown[shown_count].column = column;
  snprintf(shown[shown_count].heading, 32, "%s", heading ? heading : ps_columns[column].heading);
  shown[shown_count].width = ps_columns[column].width;
  if ((int)strlen(shown[shown_count].heading) > shown[shown_count].width) shown[shown_count].width = (int)strlen(shown[shown_count].heading);
  shown_count++;
}

/* "pid,comm=NAME,args=": a heading ends at the comma, as procps has it. */
static void choose(char *list) {
  while (*list) {
    size_t size = strcspn(list, ", =");
    enum column column = ps_column_named(list, size);
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

static int compare(const void *left, const void *right) {
  const struct row *a = left, *b = right;
  for (const char *at = order; at && *at;) {
    int minus = *at == '-';
    at += *at == '-' || *at == '+';
    size_t size = strcspn(at, ",");
    long difference = ps_compare_by(a, b, ps_column_named(at, size));
    if (difference) return (difference < 0) == minus ? 1 : -1;
    at += size + (at[size] == ',');
  }
  return a->process.pid - b->process.pid;
}

static void check_order(void) {
  for (const char *at = order; at && *at;) {
    at += *at == '-' || *at == '+';
    size_t size = strcspn(at, ",");
    if (ps_column_named(at, size) == COLUMNS) {
      fprintf(stderr, "error: unknown sort specifier\n");
      exit(1);
    }
    at += size + (at[size] == ',');
  }
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

static int wider, forest, negated, running_only, but_leaders, everything, of_all_terminals, without_terminal, full, is_bsd, long_format, jobs;
static const char *pids, *names, *terminals, *users, *parents, *sessions;

static int is_chosen(const struct row *row, const struct process *self) {
  char text[12];
  const struct process *p = &row->process;
  if (pids || names || terminals || users || parents || sessions) {
    sprintf(text, "%d", p->pid);
    if (pids && in_list(pids, text)) return 1;
    sprintf(text, "%d", p->parent);
    if (parents && in_list(parents, text)) return 1;
    sprintf(text, "%d", p->session);
    if (sessions && in_list(sessions, text)) return 1;
    if (names && in_list(names, p->name)) return 1;
    sprintf(text, "%u", row->uid);
    const char *user = file_owner(row->uid, 0);
    if (users && (in_list(users, text) || (user && in_list(users, user)))) return 1;
    ps_terminal(p->tty, text);
    return terminals && in_list(terminals, text);
  }
  if (everything || (of_all_terminals && without_terminal)) return 1;
  if (but_leaders) return p->session != p->pid;
  if (of_all_terminals) return p->tty != 0 && (is_bsd || p->session != p->pid);
  return without_terminal ? 1 : p->tty == self->tty;
}

static int is_wanted(const struct row *row, const struct process *self) {
  return is_chosen(row, self) != negated && (!running_only || strchr("RD", row->process.state));
}

static const char *this_terminal(void) {
  static char name[12];
  struct process self;
  if (proc_read(getpid(), &self) == 0) ps_terminal(self.tty, name);
  return name;
}

static void bsd_option(const char *letters, int *at, int argc, char **argv) {
  for (; *letters; letters++) switch (*letters) {
      case 'a': of_all_terminals = 1; break;
      case 'x': without_terminal = 1; break;
      case 'u': full = 'u'; break;
      case 'l': full = 'l'; break;
      case 'j': full = 'j'; break;
      case 'h': headings = 0; break;
      case 'f': forest = 'f'; break;
      case 'r': running_only = 1; break;
      case 'T': terminals = this_terminal(); break;
      case 'c':
      case 'n':
      case 'S':
      case 'e': break;
      case 'w': wider++; break;
      case 'k':
      case 'o':
      case 'p':
      case 'q':
      case 't':
      case 'U':
        if (*at + 1 >= argc) tool_bad_usage();
        ++*at;
        if (*letters == 'k') order = argv[*at];
        else if (*letters == 'o') choose(argv[*at]);
        else if (*letters == 't') terminals = strncmp(argv[*at], "/dev/", 5) == 0 ? argv[*at] + 5 : argv[*at];
        else if (*letters == 'U') users = argv[*at];
        else pids = argv[*at];
        break;
      default:
        if (isdigit((unsigned char)*letters)) {
          /* Numbers one after another are a list. */
          char *longer = 0;
          if (asprintf(&longer, pids ? "%s,%s" : "%.0s%s", pids ? pids : "", letters) < 0) exit(tool_failed("malloc"));
          pids = longer;
          is_bsd = 1;
          return;
        }
        fprintf(stderr, "error: unsupported option (BSD syntax)\n");
        tool_bad_usage();
    }
  is_bsd = 1;
}

static void choose_columns(void) {
  static char bsd_user[] = "user,pid,pcpu,pmem,vsz,rss,tty,stat,start,bsdtime,args";
  static char bsd_long[] = "f,uid,pid,ppid,priority,nice,vsz,rss,wchan,stat,tty,bsdtime,args";
  static char bsd_jobs[] = "ppid,pid,pgid,sid,tty,tpgid,stat,uid,bsdtime,args";
  static char unix_full[] = "user,pid,ppid,c,start,tty,time,args", unix_extra[] = "user,pid,ppid,c,sz,rss,psr,start,tty,time,args";
  static char unix_jobs[] = "pid,pgid,sid,tty,time,comm", full_jobs[] = "user,pid,ppid,pgid,sid,c,start,tty,time,args";
  static char unix_long[] = "f,s,uid,pid,ppid,c,opri,nice,addr_sz,wchan,tty,time,comm";
  static char bsd_plain[] = "pid,tty,stat,bsdtime,args", plain[] = "pid,tty,time,comm";
  if (shown_count) return;
  if (is_bsd) choose(full == 'u' ? bsd_user : full == 'l' ? bsd_long : full == 'j' ? bsd_jobs : bsd_plain);
  else choose(full == 'F' ? unix_extra : jobs ? (full ? full_jobs : unix_jobs) : full ? unix_full : long_format ? unix_long : plain);
  for (int at = 0; at < shown_count; at++) {
    if (shown[at].column == COMM && !is_bsd) strcpy(shown[at].heading, "CMD");
    if (shown[at].column == ARGS && !is_bsd) strcpy(shown[at].heading, "CMD");
    if (shown[at].column == START && !is_bsd) strcpy(shown[at].heading, "STIME");
    if (shown[at].column == USER && !is_bsd) strcpy(shown[at].heading, "UID");
  }
}

/* How wide a row may be, 0: as wide as it is. On a terminal no more than fits, so that a process is a row. */
static long width;

static void find_width(int wider) {
  struct winsize size;
  const char *columns = getenv("COLUMNS");
  long given = columns ? strtol(columns, 0, 10) : 0;
  if (!width && given > 0) width = given;
  else if (!width && isatty(1) && ioctl(1, TIOCGWINSZ, &size) == 0) width = size.ws_col;
  if (width && wider) width = wider == 1 && width < 132 ? 132 : 0;
}

static void put_row(const struct row *row) {
  static char text[4096], line[8192];
  size_t used = 0;
  int column = 0;
  for (int at = 0; at < shown_count && used < sizeof line; at++) {
    int is_last = at + 1 == shown_count, is_left = ps_columns[shown[at].column].is_left;
    if (row) ps_cell(row, shown[at].column, text);
    else snprintf(text, sizeof text, "%s", shown[at].heading);
    used += (size_t)snprintf(line + used, sizeof line - used, "%s%*s", at ? " " : "", is_last && is_left ? 0 : is_left ? -shown[at].width : shown[at].width,
                             text);
  }
  if (used >= sizeof line) used = sizeof line - 1;
  for (size_t at = 0; width && at < used;) {
    unsigned c;
    int bytes = screen_decode(line + at, used - at, &c);
    column += c & 0x80000000 ? 1 : screen_width(c, column);
    if (column > width) used = at;
    at += (size_t)bytes;
  }
  fwrite(line, 1, used, stdout);
  putchar('\n');
}

/* The children of a process below it, in the order that they have. */
static void put_tree(struct row *rows, int count, struct row *parent, const char *before) {
  int left = 0;
  put_row(parent);
  for (int i = 0; i < count; i++) left += &rows[i] != parent && rows[i].process.parent == parent->process.pid;
  for (int i = 0; i < count && left > 0; i++) {
    struct row *child = &rows[i];
    char deeper[sizeof child->art];
    if (child == parent || child->process.parent != parent->process.pid) continue;
    left--;
    snprintf(child->art, sizeof child->art, forest == 'H' ? "%s  " : "%s \\_ ", before);
    snprintf(deeper, sizeof deeper, forest == 'H' ? "%s  " : left ? "%s |  " : "%s    ", before);
    put_tree(rows, count, child, deeper);
  }
}

static void put_trees(struct row *rows, int count) {
  for (int i = 0; i < count; i++) {
    int is_root = 1;
    for (int j = 0; j < count; j++) is_root &= i == j || rows[i].process.parent != rows[j].process.pid;
    if (is_root) put_tree(rows, count, &rows[i], "");
  }
}

int main(int argc, char **argv) {
  enum { FOREST = 256, WIDTH };
  static const struct option longs[] = {{"sort", 1, 0, 'k'}, {"no-headers", 0, 0, 'h'}, {"no-heading", 0, 0, 'h'}, {"pid", 1, 0, 'p'},
      {"ppid", 1, 0, 'P'}, {"format", 1, 0, 'o'}, {"user", 1, 0, 'u'}, {"tty", 1, 0, 't'}, {"forest", 0, 0, FOREST}, {"deselect", 0, 0, 'N'}, {"quick-pid", 1, 0, 'p'}, {"sid", 1, 0, 's'},
      {"User", 1, 0, 'U'}, {"cols", 1, 0, WIDTH}, {"columns", 1, 0, WIDTH}, {"width", 1, 0, WIDTH}, {0, 0, 0, 0}};
  tool_start(argc, argv, usage);
  for (int option; (option = getopt_long(argc, argv, "eAadfFHNljwp:q:o:C:t:u:U:s:g:", longs, 0)) != -1;) switch (option) {
      case 'e':
      case 'A': everything = 1; break;
      case 'a': of_all_terminals = 1; break;
      case 'f': full = 'f'; break;
      case 'l': long_format = 1; break;
      case 'j': jobs = 1; break;
      case 'F': full = 'F'; break;
      case 'H': forest = 'H'; break;
      case FOREST: forest = 'f'; break;
      case 'N': negated = 1; break;
      case 'd': but_leaders = 1; break;
      case 's':
      case 'g': sessions = optarg; break;
      case 'w': wider++; break;
      case WIDTH: width = (long)tool_number(optarg, 10, 100000, "width"); break;
      case 'q':
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
  find_width(wider);
  choose_columns();
  check_order();
  ps_read_machine();

  struct process self;
  pid_t *list;
  int count = proc_list(&list), used = 0;
  if (count < 0 || proc_read(getpid(), &self) < 0) return tool_failed("/proc");
  struct row *rows = calloc((size_t)count + 1, sizeof *rows);
  if (!rows) return tool_failed("malloc");
  for (int i = 0; i < count; i++)
    if (ps_read_row(list[i], &rows[used]) && is_wanted(&rows[used], &self)) used++;
  qsort(rows, (size_t)used, sizeof *rows, compare);
  int any_heading = 0;
  for (int at = 0; at < shown_count; at++) any_heading |= shown[at].heading[0];
  if (headings && any_heading) put_row(0);
  if (forest) put_trees(rows, used);
  else
    for (int i = 0; i < used; i++) put_row(&rows[i]);
  return tool_finish(used ? 0 : 1);
}
