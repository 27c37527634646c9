/* What assert() calls when its condition does not hold (C11 7.2), in glibc's words. */
#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

void __assert_fail(const char *condition, const char *file, int line, const char *function) {
  fflush(stdout);
  dprintf(2, "%s: %s:%d: %s: Assertion `%s' failed.\n", program_invocation_short_name, file, line,
          function, condition);
  abort();
}
