/* rmdir: removes empty directories. */
#include <stdio.h>
#include <unistd.h>
#include "tools/tool.h"

int main(int argc, char **argv) {
  int status = 0;
  tool_start(argc, argv, "rmdir DIRECTORY...\nRemoves empty directories.\n");
  if (argc < 2) {
    tool_complain("missing operand");
    tool_bad_usage(1);
  }
  for (int i = 1; i < argc; i++) {
    char text[300];
    snprintf(text, sizeof text, "failed to remove '%.256s'", argv[i]);
    if (rmdir(argv[i]) < 0) status = tool_failed(text);
  }
  return status;
}
