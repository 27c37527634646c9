/* dmesg: the kernel's messages, by klogctl(3). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>
#include <unistd.h>
#include "tools/tool.h"

enum { READ_ALL = 3, READ_CLEAR = 4, CLEAR = 5, SIZE_BUFFER = 10 };

int main(int argc, char **argv) {
  tool_start(argc, argv, "dmesg [-Cct]\nPrints the kernel's messages with their times; then (-c) or instead (-C) forgets them; -t leaves the times out.\n");
  int forget = 0, times = 1;
  for (int option; (option = tool_option(argc, argv, "Cct")) != -1;) {
    if (option == 'C') forget = CLEAR;
    if (option == 'c') forget = READ_CLEAR;
    if (option == 't') times = 0;
  }
  if (forget == CLEAR) return klogctl(CLEAR, 0, 0) < 0 ? tool_failed("syslog") : 0;
  int size = klogctl(SIZE_BUFFER, 0, 0);
  char *text = size > 0 ? malloc((size_t)size + 1) : 0;
  int got = text ? klogctl(forget ? forget : READ_ALL, text, size) : -1;
  if (got < 0) return tool_failed("syslog");
  text[got] = 0;
  for (char *rest = text, *line; (line = strsep(&rest, "\n")) && *line;) {
    char *level_end = strchr(line, '>'), *shown = *line == '<' && level_end ? level_end + 1 : line;
    char *time_end = strstr(shown, "] ");
    puts(!times && *shown == '[' && time_end ? time_end + 2 : shown);
  }
  return tool_finish(0);
}
