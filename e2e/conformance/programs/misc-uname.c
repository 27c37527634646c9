/*
 * uname. uname(2).
 */
#include "expect.h"
#include <sys/utsname.h>

int main(void) {
  struct utsname name;
  memset(&name, 0x7f, sizeof name);
  outcome("uname", uname(&name));
  say("system: %s\n", name.sysname);
  truth("a release", name.release[0] >= '3' && name.release[0] <= '9' && strchr(name.release, '.') != NULL);
  truth("a machine", name.machine[0] != 0 && strlen(name.machine) < 65);
  truth("a node and a version", strlen(name.nodename) < 65 && strlen(name.version) < 65 && name.version[0] != 0);
  outcome("bad pointer", uname(nowhere()));
  return 0;
}
