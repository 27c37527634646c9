/* yes: prints a line for ever, as fast as it is read. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "tools/tool.h"

int main(int argc, char **argv) {
  static char buffer[4096];
  size_t used = 0, line;
  tool_start(argc, argv, "yes [TEXT]...\nPrints TEXT, or y, again and again.\n");
  if (argc < 2) strcpy(buffer, "y");
  for (int i = 1; i < argc; i++) {
    if (i > 1) strlcat(buffer, " ", sizeof buffer - 1);
    strlcat(buffer, argv[i], sizeof buffer - 1);
  }
  line = strlen(buffer);
  buffer[line++] = '\n';
  for (used = line; used + line <= sizeof buffer; used += line) memcpy(buffer + used, buffer, line);
  for (;;)
    for (size_t at = 0; at < used;) {
      ssize_t done = write(1, buffer + at, used - at);
      if (done < 0) return tool_failed("standard output");
      at += (size_t)done;
    }
}
