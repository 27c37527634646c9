/* The commands of this session, oldest first, at most 500; and the `history` builtin. */
#include "sh.h"

#include <stdlib.h>
#include <string.h>

enum { MOST = 500 };
static char *lines[MOST];
static int count, forgotten;

void history_add(const char *line) {
  size_t n = strlen(line);
  if (!line[strspn(line, " \t\n")]) return;
  if (count && strcmp(lines[count - 1], line) == 0) return;
  if (count == MOST) {
    free(lines[0]);
    memmove(lines, lines + 1, (MOST - 1) * sizeof *lines);
    count--;
    forgotten++;
  }
  lines[count] = memcpy(xmalloc(n + 1), line, n + 1);
  count++;
}

int history_count(void) { return count; }
const char *history_get(int index) { return lines[index]; }
int history_number(int index) { return forgotten + index + 1; }

int builtin_history(int argc, char **argv) {
  int n = argc > 1 ? atoi(argv[1]) : count;
  for (int i = n < count ? count - n : 0; i < count; i++) {
    out_fmt("%5d  ", history_number(i));
    out_str(lines[i]);
    out_byte('\n');
  }
  return 0;
}
