/* See file.h. */
#include "file.h"
#include <grp.h>
#include <pwd.h>
#include <stdio.h>

char *file_permissions(mode_t mode, char to[11]) {
  to[0] = S_ISDIR(mode) ? 'd' : S_ISLNK(mode) ? 'l' : S_ISCHR(mode) ? 'c' : S_ISBLK(mode) ? 'b' : S_ISFIFO(mode) ? 'p' : S_ISSOCK(mode) ? 's' : '-';
  for (int i = 0; i < 9; i++) to[i + 1] = mode >> (8 - i) & 1 ? "rwx"[i % 3] : '-';
  if (mode & S_ISUID) to[3] = mode & 0100 ? 's' : 'S';
  if (mode & S_ISGID) to[6] = mode & 0010 ? 's' : 'S';
  if (mode & S_ISVTX) to[9] = mode & 0001 ? 't' : 'T';
  to[10] = 0;
  return to;
}

const char *file_kind(const struct stat *s) {
  switch (s->st_mode & S_IFMT) {
    case S_IFDIR: return "directory";
    case S_IFLNK: return "symbolic link";
    case S_IFCHR: return "character special file";
    case S_IFBLK: return "block special file";
    case S_IFIFO: return "fifo";
    case S_IFSOCK: return "socket";
    default: return s->st_size == 0 ? "regular empty file" : "regular file";
  }
}

/* The last answers are kept: the files of a folder tend to belong to one. */
const char *file_owner(uid_t id, const char *unknown) {
  static struct passwd *entry;
  if (!entry || entry->pw_uid != id) entry = getpwuid(id);
  return entry ? entry->pw_name : unknown;
}

const char *file_group(gid_t id, const char *unknown) {
  static struct group *entry;
  if (!entry || entry->gr_gid != id) entry = getgrgid(id);
  return entry ? entry->gr_name : unknown;
}

char *file_time(const struct timespec *time, char to[48]) {
  struct tm tm;
  size_t size = strftime(to, 48, "%Y-%m-%d %H:%M:%S", localtime_r(&time->tv_sec, &tm));
  snprintf(to + size, 48 - size, ".%09ld %s", time->tv_nsec, "+0000");
  return to;
}
