/* See copy.h. */
#include "copy.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "tool.h"

static int fail(const char *what, const char *path) {
  char text[320];
  snprintf(text, sizeof text, "cannot %s '%.256s'", what, path);
  return tool_failed(text);
}

static int copy_bytes(const char *from, const char *to, mode_t mode) {
  static char buffer[8192];
  int in = open(from, O_RDONLY);
  if (in < 0) return fail("open", from);
  int out = open(to, O_WRONLY | O_CREAT | O_TRUNC, mode & 0777);
  if (out < 0) {
    int status = fail("create regular file", to);
    close(in);
    return status;
  }
  ssize_t got;
  int status = 0;
  while (!status && (got = read(in, buffer, sizeof buffer)) != 0) {
    if (got < 0) status = fail("read", from);
    for (ssize_t done, at = 0; !status && at < got; at += done)
      if ((done = write(out, buffer + at, (size_t)(got - at))) < 0) status = fail("write", to);
  }
  close(in);
  if (close(out) < 0 && !status) status = fail("write", to);
  return status;
}

static int copy_tree(const char *from, const char *to, mode_t mode, int keep) {
  int status = 0;
  if (mkdir(to, mode | S_IRWXU) < 0 && errno != EEXIST) return fail("create directory", to);
  DIR *directory = opendir(from);
  if (!directory) return fail("open", from);
  for (struct dirent *entry; (entry = readdir(directory));) {
    char below_from[4096], below_to[4096];
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    snprintf(below_from, sizeof below_from, "%s/%s", from, entry->d_name);
    snprintf(below_to, sizeof below_to, "%s/%s", to, entry->d_name);
    status |= copy_path(below_from, below_to, 1, keep);
  }
  closedir(directory);
  return status;
}

int copy_path(const char *from, const char *to, int recursive, int keep) {
  struct stat s, other;
  int status;
  if ((keep || recursive ? lstat(from, &s) : stat(from, &s)) < 0) return fail("stat", from);
  if (stat(to, &other) == 0 && other.st_dev == s.st_dev && other.st_ino == s.st_ino)
    return tool_complain("'%s' and '%s' are the same file", from, to);
  if (S_ISDIR(s.st_mode)) {
    if (!recursive) return tool_complain("-r not specified; omitting directory '%s'", from);
    if (strncmp(from, to, strlen(from)) == 0 && to[strlen(from)] == '/')
      return tool_complain("cannot copy a directory, '%s', into itself, '%s'", from, to);
    status = copy_tree(from, to, s.st_mode & 07777, keep);
  } else if (S_ISLNK(s.st_mode)) {
    char target[4096];
    ssize_t size = readlink(from, target, sizeof target - 1);
    if (size < 0) return fail("read symbolic link", from);
    target[size] = 0;
    return symlink(target, to) < 0 ? fail("create symbolic link", to) : 0;
  } else {
    status = copy_bytes(from, to, s.st_mode);
  }
  if (keep && !status) {
    struct timespec times[2] = {s.st_atim, s.st_mtim};
    if (chmod(to, s.st_mode & 07777) < 0 || utimensat(AT_FDCWD, to, times, 0) < 0)
      status = fail("preserve the mode and times of", to);
  }
  return status;
}

const char *copy_target(const char *from, const char *to, char room[4096]) {
  struct stat s;
  if (stat(to, &s) < 0 || !S_ISDIR(s.st_mode)) return to;
  size_t size = strlen(from);
  while (size > 1 && from[size - 1] == '/') size--; /* "folder/" is called folder */
  size_t start = size;
  while (start > 0 && from[start - 1] != '/') start--;
  snprintf(room, 4096, "%s/%.*s", to, (int)(size - start), from + start);
  return room;
}

int copy_into(const char *to) {
  struct stat s;
  char text[300];
  if (stat(to, &s) == 0) {
    if (S_ISDIR(s.st_mode)) return 1;
    errno = ENOTDIR;
  }
  snprintf(text, sizeof text, "target '%.256s'", to);
  tool_failed(text);
  return 0;
}
