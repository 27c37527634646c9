/* See smaps.h. */
#include "smaps.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "tool.h"

/* "START-END MODE OFFSET MAJOR:MINOR INODE NAME" */
static void read_heading(char *line, struct smaps *m) {
  char *at;
  memset(m, 0, sizeof *m);
  m->start = strtoul(line, &at, 16);
  m->end = strtoul(at + 1, &at, 16);
  strlcpy(m->mode, at + 1, sizeof m->mode);
  m->offset = strtoul(at + 6, &at, 16);
  m->major = (unsigned)strtoul(at, &at, 16);
  m->minor = (unsigned)strtoul(at + 1, &at, 16);
  m->inode = strtoul(at, &at, 10);
  m->name = at + strspn(at, " ");
}

struct smaps *smaps_read(pid_t pid, size_t *count) {
  char path[32];
  snprintf(path, sizeof path, "/proc/%d/smaps", pid);
  char *text = tool_read_file(path, 0);
  struct smaps *maps = 0;
  *count = 0;
  if (!text) return 0;
  /* The names stay where they are in the text. */
  for (char *rest = text, *line; (line = strsep(&rest, "\n")) && *line;) {
    size_t word = strcspn(line, " :");
    if (line[word] != ':') {
      struct smaps *more = realloc(maps, (*count + 1) * sizeof *maps);
      if (!more) exit(tool_failed("malloc"));
      maps = more;
      read_heading(line, &maps[(*count)++]);
      continue;
    }
    struct smaps *m = &maps[*count - 1];
    if (!maps || m->count == sizeof m->values / sizeof *m->values || strncmp(line, "VmFlags", 7) == 0) continue;
    line[word] = 0;
    m->values[m->count++] = (struct smaps_value){line, strtoul(line + word + 1, 0, 10)};
  }
  return maps ? maps : calloc(1, sizeof *maps);
}

unsigned long smaps_value(const struct smaps *m, const char *name) {
  for (size_t at = 0; at < m->count; at++)
    if (strcmp(m->values[at].name, name) == 0) return m->values[at].kibibytes;
  return 0;
}
