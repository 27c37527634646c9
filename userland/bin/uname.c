/* uname: the system's name and version. */
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>
#include "tools/tool.h"

int main(int argc, char **argv) {
  static const char letters[] = "snrvm";
  struct utsname name;
  int wanted[5] = {0}, any = 0;
  tool_start(argc, argv, "uname [-asnrvm]\nPrints the system's name (-s), host (-n), release (-r), version (-v), machine (-m); -a all.\n");
  for (int option; (option = getopt(argc, argv, "asnrvm")) != -1; any = 1) {
    if (option == '?') tool_bad_usage(1);
    for (int i = 0; i < 5; i++) wanted[i] |= option == 'a' || letters[i] == option;
  }
  if (uname(&name) < 0) return tool_failed("uname");
  if (!any) wanted[0] = 1;
  const char *const texts[] = {name.sysname, name.nodename, name.release, name.version, name.machine};
  for (int i = 0, first = 1; i < 5; i++)
    if (wanted[i]) {
      printf(first ? "%s" : " %s", texts[i]);
      first = 0;
    }
  putchar('\n');
  return tool_finish(0);
}
