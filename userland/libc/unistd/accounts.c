/* Users and groups (getpwnam(3), getgrnam(3)): the lines of /etc/passwd and /etc/group. What they return stays until the next
   call. */
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MEMBERS 64

/* The next line, taken apart at its colons, into `count` fields; null at the end. */
static char *fields(FILE **file, const char *path, char *line, int size, char **to, int count) {
  if (!*file && !(*file = fopen(path, "re"))) return 0;
  while (fgets(line, size, *file)) {
    line[strcspn(line, "\n")] = 0;
    char *rest = line;
    int have = 0;
    while (have < count && (to[have] = strsep(&rest, ":"))) have++;
    if (have == count) return line;
  }
  return 0;
}

static void rewind_to(FILE **file, int closes) {
  if (*file && closes) fclose(*file), *file = 0;
  else if (*file) rewind(*file);
}

static FILE *users, *groups;

struct passwd *getpwent(void) {
  static char line[512];
  static struct passwd user;
  char *f[7];
  if (!fields(&users, "/etc/passwd", line, sizeof line, f, 7)) return 0;
  user = (struct passwd){f[0], f[1], (uid_t)strtoul(f[2], 0, 10), (gid_t)strtoul(f[3], 0, 10), f[4], f[5], f[6]};
  return &user;
}

void setpwent(void) { rewind_to(&users, 0); }
void endpwent(void) { rewind_to(&users, 1); }

struct passwd *getpwnam(const char *name) {
  struct passwd *user;
  setpwent();
  while ((user = getpwent()) && strcmp(user->pw_name, name) != 0) continue;
  endpwent();
  return user;
}

struct passwd *getpwuid(uid_t id) {
  struct passwd *user;
  setpwent();
  while ((user = getpwent()) && user->pw_uid != id) continue;
  endpwent();
  return user;
}

struct group *getgrent(void) {
  static char line[512], *members[MEMBERS + 1];
  static struct group group;
  char *f[4];
  if (!fields(&groups, "/etc/group", line, sizeof line, f, 4)) return 0;
  int count = 0;
  for (char *rest = f[3], *member; count < MEMBERS && (member = strsep(&rest, ","));)
    if (*member) members[count++] = member;
  members[count] = 0;
  group = (struct group){f[0], f[1], (gid_t)strtoul(f[2], 0, 10), members};
  return &group;
}

void setgrent(void) { rewind_to(&groups, 0); }
void endgrent(void) { rewind_to(&groups, 1); }

struct group *getgrnam(const char *name) {
  struct group *group;
  setgrent();
  while ((group = getgrent()) && strcmp(group->gr_name, name) != 0) continue;
  endgrent();
  return group;
}

struct group *getgrgid(gid_t id) {
  struct group *group;
  setgrent();
  while ((group = getgrent()) && group->gr_gid != id) continue;
  endgrent();
  return group;
}

char *getlogin(void) {
  struct passwd *user = getpwuid(getuid());
  return user ? user->pw_name : 0;
}
