/* See colour.h. */
#include "colour.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "tool.h"

int colour_wanted(const char *when) {
  if (when && (strcmp(when, "always") == 0 || strcmp(when, "yes") == 0 || strcmp(when, "force") == 0)) return 1;
  if (when && (strcmp(when, "never") == 0 || strcmp(when, "no") == 0 || strcmp(when, "none") == 0)) return 0;
  if (when && strcmp(when, "auto") != 0 && strcmp(when, "tty") != 0 && strcmp(when, "if-tty") != 0) {
    tool_complain("invalid argument '%s' for '--color'", when);
    tool_trouble = 1; /* ls, too */
    tool_bad_usage();
  }
  const char *off = getenv("NO_COLOR"), *terminal = getenv("TERM");
  return isatty(1) && !(off && *off) && !(terminal && strcmp(terminal, "dumb") == 0);
}

void colour_put(int wanted, const char *colour, int width, const char *text) {
  if (wanted && colour) printf("\033[%sm%*s\033[0m", colour, width, text);
  else printf("%*s", width, text);
}
