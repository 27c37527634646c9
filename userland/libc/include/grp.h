/* grp.h: groups, from /etc/group. */
#ifndef _GRP_H
#define _GRP_H
#include <bits/types.h>
struct group {
  char *gr_name, *gr_passwd;
  gid_t gr_gid;
  char **gr_mem;
};
struct group *getgrnam(const char *name);
struct group *getgrgid(gid_t id);
struct group *getgrent(void);
void setgrent(void);
void endgrent(void);
#endif
