/* uname: the system's name and version. */
#include <stdio.h>
#include <getopt.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>
#include "tools/tool.h"

int main(int argc, char **argv) {
  static const char letters[] = "snrvmo";
  static const struct option longs[] = {{"all", 0, 0, 'a'}, {"kernel-name", 0, 0, 's'}, {"nodename", 0, 0, 'n'}, {"kernel-release", 0, 0, 'r'},
      {"kernel-version", 0, 0, 'v'}, {"machine", 0, 0, 'm'}, {"operating-system", 0, 0, 'o'}, {0, 0, 0, 0}};
  struct utsname name;
  int wanted[6] = {0}, any = 0;
  tool_start(argc, argv, "uname [-asnrvmo]\nPrints the system's name (-s), host (-n), release (-r), version (-v), machine (-m), operating system (-o); -a all.\n");
  for (int option; (option = getopt_long(argc, argv, "asnrvmo", longs, 0)) != -1; any = 1) {
    if (option == '?') tool_bad_usage();
    for (int i = 0; i < 6; i++) wanted[i] |= option == 'a' || letters[i] == option;
  }
  if (optind < argc) {
    tool_complain("extra operand '%s'", argv[optind]);
    tool_bad_usage();
  }
  if (uname(&name) < 0) return tool_failed("uname");
  if (!any) wanted[0] = 1;
  const char *const texts[] = {name.sysname, name.nodename, name.release, name.version, name.machine, "Linux"};
  for (int i = 0, first = 1; i < 6; i++)
    if (wanted[i]) {
      printf(first ? "%s" : " %s", texts[i]);
      first = 0;
    }
  putchar('\n');
  return tool_finish(0);
}
