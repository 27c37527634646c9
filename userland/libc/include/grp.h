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
int getgrnam_r(const char *restrict name, struct group *restrict to, char *restrict buffer, size_t size,
               struct group **restrict found);
int getgrgid_r(gid_t id, struct group *restrict to, char *restrict buffer, size_t size, struct group **restrict found);
/* -1 when there are more than *count, which says then how many there are. */
int getgrouplist(const char *user, gid_t first, gid_t *to, int *count);
struct group *getgrent(void);
void setgrent(void);
void endgrent(void);
#endif
