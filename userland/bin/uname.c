/* uname: the system's name and version. */
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>
#include "tools/tool.h"

int main(int argc, char **argv) {
  static const char letters[] = "snrvmpio";
  struct utsname name;
  int wanted[8] = {0}, any = 0;
  tool_start(argc, argv, "uname [-asnrvmpio]\nPrints the system's name (-s), host (-n), release (-r), version (-v), machine (-m), processor (-p), platform (-i), operating system (-o); -a all.\n");
  for (int option; (option = tool_option(argc, argv, "a(all)s(kernel-name)n(nodename)r(kernel-release)v(kernel-version)m(machine)p(processor)i(hardware-platform)o(operating-system)")) != -1; any = 1) {
    for (int i = 0; i < 8; i++) wanted[i] |= (option == 'a' && !strchr("pi", letters[i])) || letters[i] == option;
  }
  if (optind < argc) {
    tool_complain("extra operand '%s'", argv[optind]);
    tool_bad_usage();
  }
  if (uname(&name) < 0) return tool_failed("uname");
  if (!any) wanted[0] = 1;
  const char *const texts[] = {name.sysname, name.nodename, name.release, name.version, name.machine, "unknown", "unknown", "GNU/Linux"};
  for (int i = 0, first = 1; i < 8; i++)
    if (wanted[i]) {
      printf(first ? "%s" : " %s", texts[i]);
      first = 0;
    }
  putchar('\n');
  return tool_finish(0);
}
