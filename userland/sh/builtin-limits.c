/* Builtins about what the process may use and has used: ulimit, times (XCU ulimit, times). */
#include "sh.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/times.h>
#include <unistd.h>

static const struct limit {
  char letter;
  int resource;
  int unit; /* in bytes, or 1 */
  const char *what;
} limits[] = {{'t', RLIMIT_CPU, 1, "time (seconds)"},
              {'f', RLIMIT_FSIZE, 512, "file (blocks)"},
              {'d', RLIMIT_DATA, 1024, "data (kB)"},
              {'s', RLIMIT_STACK, 1024, "stack (kB)"},
              {'c', RLIMIT_CORE, 512, "core (blocks)"},
              {'m', RLIMIT_RSS, 1024, "memory (kB)"},
              {'l', RLIMIT_MEMLOCK, 1024, "locked memory (kB)"},
              {'u', RLIMIT_NPROC, 1, "processes"},
              {'n', RLIMIT_NOFILE, 1, "descriptors"},
              {'v', RLIMIT_AS, 1024, "address space (kB)"}};
enum { LIMITS = sizeof limits / sizeof *limits };
static const char letters[] = "tfdscmlunvHSa";

static void show(const struct limit *l, bool hard) {
  struct rlimit now;
  rlim_t value = getrlimit(l->resource, &now) < 0 ? 0 : hard ? now.rlim_max : now.rlim_cur;
  if (value == RLIM_INFINITY) out_str("unlimited\n");
  else out_fmt("%llu\n", (unsigned long long)value / (unsigned)l->unit);
}

/* -1 when the text is no limit. */
static int parse(const char *s, const struct limit *l, rlim_t *value) {
  char *end;
  if (strcmp(s, "unlimited") == 0) return *value = RLIM_INFINITY, 0;
  unsigned long long n = strtoull(s, &end, 10);
  if (*s < '0' || *s > '9' || *end || n > ~0ull / 1024) return -1;
  return *value = n * (unsigned)l->unit, 0;
}

int builtin_ulimit(int argc, char **argv) {
  char seen[sizeof letters];
  int i = options(argc, argv, letters, seen);
  if (i < 0) return 2;
  bool hard = seen[LIMITS], soft = seen[LIMITS + 1];
  const struct limit *l = &limits[1];
  for (int n = 0; n < LIMITS; n++) {
    if (seen[n]) l = &limits[n];
    if (seen[LIMITS + 2]) {
      out_fmt("-%c %-20s ", limits[n].letter, limits[n].what);
      show(&limits[n], hard);
    }
  }
  if (seen[LIMITS + 2]) return 0;
  if (i >= argc) {
    show(l, hard);
    return 0;
  }
  struct rlimit now;
  rlim_t value;
  if (parse(argv[i], l, &value) < 0) {
    warn("ulimit: %s: not a limit", argv[i]);
    return 2;
  }
  getrlimit(l->resource, &now);
  /* Neither -H nor -S means both. */
  if (hard || !soft) now.rlim_max = value;
  if (soft || !hard) now.rlim_cur = value;
  if (setrlimit(l->resource, &now) == 0) return 0;
  warn("ulimit: %s", strerror(errno));
  return 2;
}

static void show_ticks(clock_t ticks, char after) {
  long per_second = sysconf(_SC_CLK_TCK), n = (long)ticks;
  out_fmt("%ldm%ld.%02lds%c", n / per_second / 60, n / per_second % 60,
          n % per_second * 100 / per_second, after);
}

int builtin_times(int argc, char **argv) {
  struct tms t;
  (void)argc;
  (void)argv;
  times(&t);
  show_ticks(t.tms_utime, ' ');
  show_ticks(t.tms_stime, '\n');
  show_ticks(t.tms_cutime, ' ');
  show_ticks(t.tms_cstime, '\n');
  return 0;
}
