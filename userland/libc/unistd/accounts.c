/* Users and groups (getpwnam(3), getgrnam(3)): the lines of /etc/passwd and /etc/group. What they return stays until the next
   call. */
#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "../thread/thread.h"

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

/* The reentrant ones go through what the others return, one at a time. */
static int lock;

/* Copies `text` to the buffer's beginning, and moves that behind it; null when there is no room. */
static char *keep(const char *text, char **buffer, size_t *size) {
  size_t length = strlen(text) + 1;
  if (length > *size) return 0;
  char *copy = memcpy(*buffer, text, length);
  *buffer += length;
  *size -= length;
  return copy;
}

static int keep_user(const struct passwd *from, struct passwd *to, char *buffer, size_t size, struct passwd **found) {
  *found = 0;
  if (!from) return 0;
  *to = *from;
  char **const texts[] = {&to->pw_name, &to->pw_passwd, &to->pw_gecos, &to->pw_dir, &to->pw_shell};
  for (int at = 0; at < 5; at++)
    if (!(*texts[at] = keep(*texts[at], &buffer, &size))) return ERANGE;
  *found = to;
  return 0;
}

int getpwnam_r(const char *restrict name, struct passwd *restrict to, char *restrict buffer, size_t size,
               struct passwd **restrict found) {
  __lock(&lock);
  int error = keep_user(getpwnam(name), to, buffer, size, found);
  __unlock(&lock);
  return error;
}

int getpwuid_r(uid_t id, struct passwd *restrict to, char *restrict buffer, size_t size, struct passwd **restrict found) {
  __lock(&lock);
  int error = keep_user(getpwuid(id), to, buffer, size, found);
  __unlock(&lock);
  return error;
}

static int keep_group(const struct group *from, struct group *to, char *buffer, size_t size, struct group **found) {
  *found = 0;
  if (!from) return 0;
  size_t count = 0, padding = -(size_t)buffer % sizeof(char *);
  while (from->gr_mem[count]) count++;
  if (padding + (count + 1) * sizeof(char *) > size) return ERANGE;
  *to = *from;
  to->gr_mem = (char **)(buffer + padding);
  buffer += padding + (count + 1) * sizeof(char *);
  size -= padding + (count + 1) * sizeof(char *);
  for (size_t at = 0; at < count; at++)
    if (!(to->gr_mem[at] = keep(from->gr_mem[at], &buffer, &size))) return ERANGE;
  to->gr_mem[count] = 0;
  if (!(to->gr_name = keep(from->gr_name, &buffer, &size)) || !(to->gr_passwd = keep(from->gr_passwd, &buffer, &size))) return ERANGE;
  *found = to;
  return 0;
}

int getgrnam_r(const char *restrict name, struct group *restrict to, char *restrict buffer, size_t size,
               struct group **restrict found) {
  __lock(&lock);
  int error = keep_group(getgrnam(name), to, buffer, size, found);
  __unlock(&lock);
  return error;
}

int getgrgid_r(gid_t id, struct group *restrict to, char *restrict buffer, size_t size, struct group **restrict found) {
  __lock(&lock);
  int error = keep_group(getgrgid(id), to, buffer, size, found);
  __unlock(&lock);
  return error;
}

int getgrouplist(const char *user, gid_t first, gid_t *to, int *count) {
  int room = *count, have = 0;
  struct group *group;
  if (have++ < room) to[0] = first;
  setgrent();
  while ((group = getgrent())) {
    char **member = group->gr_mem;
    while (*member && strcmp(*member, user) != 0) member++;
    if (!*member || group->gr_gid == first) continue;
    if (have++ < room) to[have - 1] = group->gr_gid;
  }
  endgrent();
  *count = have;
  return have > room ? -1 : have;
}
