/* See ps.h. */
#include "ps.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/sysmacros.h>
#include <time.h>
#include <unistd.h>
#include "file.h"
#include "tool.h"

static unsigned long uptime; /* clock ticks */
static long ticks;
static unsigned long memory; /* KiB */

void ps_terminal(unsigned long device, char to[12]) {
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
  if (row->threads > 1) *at++ = 'l';
  if (p->tty_group == p->group && p->tty != 0) *at++ = '+';
  *at = 0;
}

static unsigned long age(const struct row *row) { return uptime > row->start ? uptime - row->start : 0; }

/* Thousandths of the time it has lived. */
static unsigned long share(const struct row *row) {
  unsigned long lived = age(row);
  return lived ? row->process.ticks * 1000 / lived : 0;
}

const struct ps_column ps_columns[COLUMNS] = {
    [PID] = {"pid ", "PID", 5, 0},       [PPID] = {"ppid ", "PPID", 5, 0},   [PGID] = {"pgid pgrp ", "PGID", 5, 0},
    [SID] = {"sid sess session ", "SID", 5, 0}, [USER] = {"user euser uname ruser ", "USER", 8, 1}, [UID] = {"uid euid ruid ", "UID", 5, 0},
    [TTY] = {"tty tt tname ", "TTY", 8, 1}, [STAT] = {"stat ", "STAT", 4, 1}, [STATE] = {"state s ", "S", 1, 1},
    [TIME] = {"time cputime ", "TIME", 8, 0}, [BSD_TIME] = {"bsdtime ", "TIME", 6, 0}, [ETIME] = {"etime ", "ELAPSED", 11, 0},
    [START] = {"start stime start_time bsdstart ", "START", 5, 0}, [PCPU] = {"pcpu %cpu ", "%CPU", 4, 0}, [C] = {"c ", "C", 2, 0},
    [PMEM] = {"pmem %mem ", "%MEM", 4, 0}, [VSZ] = {"vsz vsize ", "VSZ", 6, 0}, [RSS] = {"rss rssize rsz ", "RSS", 5, 0},
    [SWAP] = {"swap ", "SWAP", 5, 0}, [MAJOR] = {"maj_flt majflt ", "MAJFL", 6, 0}, [MINOR] = {"min_flt minflt ", "MINFL", 6, 0},
    [NICE] = {"nice ni ", "NI", 3, 0}, [PRI] = {"pri ", "PRI", 3, 0}, [COMM] = {"comm ucmd ucomm ", "COMMAND", 15, 1},
    [ARGS] = {"args cmd command ", "COMMAND", 27, 1}, [WCHAN] = {"wchan ", "WCHAN", 6, 1}, [TRACER] = {"tracer ", "TRACER", 6, 0},
    [FLAGS] = {"f flags flag ", "F", 1, 0}, [ADDRESS] = {"addr ", "ADDR", 4, 1},
    [PAGES] = {"sz ", "SZ", 5, 0}, [PRIORITY] = {"priority ", "PRI", 3, 0}, [OLD_PRI] = {"opri intpri ", "PRI", 3, 0}, [ADDRESS_PAGES] = {"addr_sz ", "ADDR SZ", 7, 0}, [TPGID] = {"tpgid ", "TPGID", 5, 0},
    [THREADS] = {"nlwp thcount ", "NLWP", 4, 0}, [LSTART] = {"lstart ", "STARTED", 24, 0}, [ETIMES] = {"etimes ", "ELAPSED", 7, 0},
    [PSR] = {"psr ", "PSR", 3, 0}, [GID] = {"gid egid rgid ", "GID", 5, 0}, [GROUP] = {"group egroup rgroup ", "GROUP", 8, 1},
};

/* A name that is too long for its column is a number, as procps has it. */
static void put_name(char *to, const char *name, unsigned id) {
  if (name && strlen(name) <= 8) strcpy(to, name);
  else sprintf(to, "%u", id);
}

void ps_cell(const struct row *row, enum column column, char to[4096]) {
  const struct process *p = &row->process;
  unsigned long seconds = p->ticks / (unsigned long)ticks;
  switch (column) {
    case PID: sprintf(to, "%d", p->pid); break;
    case PPID: sprintf(to, "%d", p->parent); break;
    case PGID: sprintf(to, "%d", p->group); break;
    case SID: sprintf(to, "%d", p->session); break;
    case USER: put_name(to, file_owner(row->uid, 0), row->uid); break;
    case UID: sprintf(to, "%u", row->uid); break;
    case TTY: ps_terminal(p->tty, to); break;
    case STAT: put_state(row, to); break;
    case STATE: sprintf(to, "%c", p->state); break;
    case TIME: sprintf(to, "%02lu:%02lu:%02lu", seconds / 3600, seconds / 60 % 60, seconds % 60); break;
    case BSD_TIME: sprintf(to, "%lu:%02lu", seconds / 60, seconds % 60); break;
    case ETIME: span(age(row) / (unsigned long)ticks, to, 32); break;
    case START: {
      time_t when = time(0) - (time_t)(age(row) / (unsigned long)ticks);
      struct tm then = *localtime(&when);
      time_t now = time(0);
      const struct tm *today = localtime(&now);
      const char *format = then.tm_year != today->tm_year ? "%Y" : then.tm_yday != today->tm_yday ? "%b%d" : "%H:%M";
      to[strftime(to, 16, format, &then)] = 0;
      break;
    }
    case LSTART: {
      time_t when = time(0) - (time_t)(age(row) / (unsigned long)ticks);
      to[strftime(to, 32, "%a %b %e %H:%M:%S %Y", localtime(&when))] = 0;
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
    case COMM: snprintf(to, 160, "%s%s%s", row->art, p->name, p->state == 'Z' ? " <defunct>" : ""); break;
    case ARGS:
      if (row->arguments) snprintf(to, 4096, "%s%s", row->art, row->arguments);
      else snprintf(to, 160, p->state == 'Z' ? "%s[%s] <defunct>" : "%s[%s]", row->art, p->name);
      break;
    case WCHAN: snprintf(to, 64, "%.6s", row->wait && strcmp(row->wait, "0") ? row->wait : "-"); break;
    case TRACER: sprintf(to, "%lu", row->tracer); break;
    case FLAGS: sprintf(to, "%lx", row->flags >> 6 & 7); break;
    case ADDRESS_PAGES: sprintf(to, "- %5lu", p->size / 4096); break;
    case PAGES: sprintf(to, "%lu", p->size / 4096); break;
    case PRIORITY: sprintf(to, "%ld", row->priority); break;
    case OLD_PRI: sprintf(to, "%ld", 60 + row->priority); break;
    case TPGID: sprintf(to, "%d", p->tty_group); break;
    case THREADS: sprintf(to, "%lu", row->threads); break;
    case ETIMES: sprintf(to, "%lu", age(row) / (unsigned long)ticks); break;
    case PSR: strcpy(to, "0"); break;
    case GID: sprintf(to, "%u", row->gid); break;
    case GROUP: put_name(to, file_group(row->gid, 0), row->gid); break;
    case ADDRESS: strcpy(to, "-"); break;
    case COLUMNS: break;
  }
}

enum column ps_column_named(const char *name, size_t size) {
  for (int column = 0; column < COLUMNS; column++)
    for (const char *at = ps_columns[column].names; *at;) {
      size_t length = strcspn(at, " ");
      if (length == size && strncasecmp(at, name, size) == 0) return (enum column)column;
      at += length + 1;
    }
  return COLUMNS;
}

long ps_compare_by(const struct row *a, const struct row *b, enum column column) {
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
      ps_cell(a, column, left);
      ps_cell(b, column, right);
      return strcmp(left, right);
    }
  }
}

static char *file_of(pid_t pid, const char *name, size_t *size) {
  char path[48];
  snprintf(path, sizeof path, "/proc/%d/%s", pid, name);
  return tool_read_file(path, size);
}

/* "Uid:" and the real, effective, saved and file system's numbers. */
static unsigned effective(const char *status, const char *name) {
  const char *line = strstr(status, name), *tab = line ? strchr(line, '\t') : 0;
  tab = tab ? strchr(tab + 1, '\t') : 0;
  return tab ? (unsigned)strtoul(tab, 0, 10) : 0;
}

int ps_read_row(pid_t pid, struct row *row) {
  memset(row, 0, sizeof *row);
  if (proc_read(pid, &row->process) < 0) return 0;
  size_t size = 0;
  char *stat = file_of(pid, "stat", 0), *status = file_of(pid, "status", 0), *at = stat ? strrchr(stat, ')') : 0;
  /* The fields after the name, from the third on (proc_pid_stat(5)). */
  for (int field = 3; at && *at && field <= 22; field++) {
    at = strchr(at, ' ');
    if (!at) break;
    long value = strtol(++at, 0, 10);
    if (field == 9) row->flags = (unsigned long)value;
    if (field == 20) row->threads = (unsigned long)value;
    if (field == 10) row->minor = (unsigned long)value;
    if (field == 12) row->major = (unsigned long)value;
    if (field == 18) row->priority = value;
    if (field == 19) row->nice = value;
    if (field == 22) row->start = (unsigned long)value;
  }
  if (status) row->uid = effective(status, "Uid"), row->gid = effective(status, "Gid");
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

void ps_read_machine(void) {
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
