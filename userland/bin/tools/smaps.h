/* /proc/PID/smaps, read (proc_pid_smaps(5)). */
#ifndef SMAPS_H
#define SMAPS_H
#include <stddef.h>
#include <sys/types.h>

struct smaps {
  unsigned long start, end, offset, inode;
  unsigned major, minor;
  char mode[5]; /* "rwxp" */
  const char *name;
  struct smaps_value {
    const char *name; /* "Rss" */
    unsigned long kibibytes;
  } values[32];
  size_t count; /* of values */
};

/* All mappings in a block of its own; null and errno when there is no such process. */
struct smaps *smaps_read(pid_t pid, size_t *count);

/* One of the numbers; 0 if the kernel does not say it. */
unsigned long smaps_value(const struct smaps *m, const char *name);

#endif
