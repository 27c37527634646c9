/* uname: the system's name and version. */
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>
#include "tools/tool.h"

int main(int argc, char **argv) {
  static const char letters[] = "snrvmo";
  struct utsname name;
  int wanted[6] = {0}, any = 0;
  tool_start(argc, argv, "uname [-asnrvmo]\nPrints the system's name (-s), host (-n), release (-r), version (-v), machine (-m), operating system (-o); -a all.\n");
  for (int option; (option = tool_option(argc, argv, "a(all)s(kernel-name)n(nodename)r(kernel-release)v(kernel-version)m(machine)o(operating-system)")) != -1; any = 1) {
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
