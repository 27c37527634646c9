/* What ps knows of a process, and how it shows it in columns. */
#ifndef PS_H
#define PS_H
#include "proc.h"

struct row {
  struct process process;
  unsigned long start, minor, major, swap, tracer, flags, threads;
  unsigned uid, gid; /* the effective ones */
  long nice, priority;
  char *arguments, *wait;
  char art[64]; /* of a tree: what is before the command */
};

enum column {
  PID, PPID, PGID, SID, USER, UID, TTY, STAT, STATE, TIME, BSD_TIME, ETIME, START, PCPU, C, PMEM, VSZ, RSS, SWAP, MAJOR, MINOR, NICE, PRI,
  COMM, ARGS, WCHAN, TRACER, FLAGS, ADDRESS, PAGES, PRIORITY, OLD_PRI, ADDRESS_PAGES, TPGID, THREADS, LSTART, ETIMES, PSR, GID, GROUP, COLUMNS
};

extern const struct ps_column {
  const char *names, *heading; /* each name with a blank behind it */
  int width, is_left;
} ps_columns[COLUMNS];

/* To be called first: what the columns need to know of the machine. */
void ps_read_machine(void);

/* Whether there still is such a process. */
int ps_read_row(pid_t pid, struct row *row);

/* What stands in a column. */
void ps_cell(const struct row *row, enum column column, char to[4096]);

/* Below, above or 0. */
long ps_compare_by(const struct row *a, const struct row *b, enum column column);

/* The column of that name, or COLUMNS. */
enum column ps_column_named(const char *name, size_t size);

/* "pts/0", "tty1" or "?". */
void ps_terminal(unsigned long device, char to[12]);

#endif
