/* id: who we are, with the names of /etc/passwd and /etc/group. */
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include "tools/tool.h"

static void put(unsigned id, const char *name, int named) {
  if (named && name) fputs(name, stdout);
  else printf("%u", id);
}

int main(int argc, char **argv) {
  int what = 0, named = 0, real = 0;
  char end = '\n';
  tool_start(argc, argv, "id [-ugGnrz] [USER]\nPrints the user and groups; -u only the user, -g only the group, -G all groups, by name with -n, the real ones with -r;\n-z ends with NUL.\n");
  for (int option; (option = tool_option(argc, argv, "u(user)g(group)G(groups)n(name)r(real)z(zero)a")) != -1;) {
    if (option == 'n') named = 1;
    else if (option == 'r') real = 1;
    else if (option == 'z') end = 0;
    else if (option == 'a') continue;
    else if (what && what != option) return tool_complain("cannot print \"only\" of more than one choice");
    else what = option;
  }
  if ((named || real) && !what) return tool_complain("cannot print only names or real IDs in default format");
  if (!end && !what) return tool_complain("option --zero not permitted in default format");
  uid_t user = real ? getuid() : geteuid();
  gid_t groups[64], group = real ? getgid() : getegid();
  int count = getgroups(64, groups);
  if (optind < argc) {
    char *rest;
    struct passwd *other = getpwnam(argv[optind]);
    unsigned long number = strtoul(argv[optind], &rest, 10);
    if (!other && *argv[optind] && !*rest) other = getpwuid((uid_t)number);
    if (!other) return tool_complain("'%s': no such user", argv[optind]);
    user = other->pw_uid;
    group = groups[0] = other->pw_gid;
    count = 1;
  }
  if (count <= 0) groups[0] = group, count = 1;
  struct passwd *entry = getpwuid(user);
  const char *name = entry ? entry->pw_name : 0;
  struct group *own = getgrgid(group);
  if (what == 'u') put(user, name, named);
  else if (what == 'g') put(group, own ? own->gr_name : 0, named);
  else {
    if (!what) {
      printf(name ? "uid=%u(%s) " : "uid=%u ", user, name);
      printf(own ? "gid=%u(%s) groups=" : "gid=%u groups=", group, own ? own->gr_name : "");
    }
    for (int at = 0; at < count; at++) {
      struct group *one = getgrgid(groups[at]);
      if (at) putchar(!what ? ',' : end ? ' ' : 0);
      if (what) put(groups[at], one ? one->gr_name : 0, named);
      else printf(one ? "%u(%s)" : "%u", groups[at], one ? one->gr_name : "");
    }
  }
  putchar(end);
  return tool_finish(0);
}
