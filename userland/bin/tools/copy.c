/* See copy.h. */
#include "copy.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "tool.h"

int copy_failed(const char *what, const char *path) {
  char text[320];
  snprintf(text, sizeof text, "cannot %s '%.256s'", what, path);
  return tool_failed(text);
}

int copy_asks(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fflush(stdout);
  fprintf(stderr, "%s: ", program_invocation_short_name);
  vfprintf(stderr, format, arguments);
  fputc(' ', stderr);
  va_end(arguments);
  int first = getchar();
  for (int c = first; c != EOF && c != '\n';) c = getchar();
  return first == 'y' || first == 'Y';
}

int copy_allowed(const char *from, const char *to, const struct copying *how) {
  struct stat source, target;
  if (lstat(to, &target) < 0) return 1;
  if (how->refuses) return 0;
  if (how->newer_only && stat(from, &source) == 0 &&
      (source.st_mtim.tv_sec < target.st_mtim.tv_sec ||
       (source.st_mtim.tv_sec == target.st_mtim.tv_sec && source.st_mtim.tv_nsec <= target.st_mtim.tv_nsec)))
    return 0;
  return !how->asks || copy_asks("overwrite '%s'?", to);
}

static int copy_bytes(const char *from, const char *to, mode_t mode, const struct copying *how) {
  static char buffer[8192];
  int in = open(from, O_RDONLY);
  if (in < 0) {
    char text[320];
    snprintf(text, sizeof text, "cannot open '%.256s' for reading", from);
    return tool_failed(text);
  }
  int out = open(to, O_WRONLY | O_CREAT | (how->attributes_only ? 0 : O_TRUNC), mode & 0777);
  if (out < 0 && how->removes && unlink(to) == 0) out = open(to, O_WRONLY | O_CREAT | O_TRUNC, mode & 0777);
  if (out < 0) {
    if (errno == EISDIR && to[strlen(to) - 1] == '/') errno = ENOTDIR; /* there is no such directory */
    int status = copy_failed("create regular file", to);
    close(in);
    return status;
  }
  ssize_t got;
  int status = 0;
  while (!status && !how->attributes_only && (got = read(in, buffer, sizeof buffer)) != 0) {
    if (got < 0) status = copy_failed("read", from);
    for (ssize_t done, at = 0; !status && at < got; at += done)
      if ((done = write(out, buffer + at, (size_t)(got - at))) < 0) status = copy_failed("write", to);
  }
  close(in);
  if (close(out) < 0 && !status) status = copy_failed("write", to);
  return status;
}

static int copy_tree(const char *from, const char *to, mode_t mode, const struct copying *how) {
  int status = 0, made = mkdir(to, mode | S_IRWXU) == 0;
  if (!made && errno != EEXIST) return copy_failed("create directory", to);
  if (made && how->says) printf("'%s' -> '%s'\n", from, to);
  DIR *directory = opendir(from);
  if (!directory) {
    char text[320];
    snprintf(text, sizeof text, "cannot access '%.256s'", from);
    return tool_failed(text);
  }
  struct copying below = *how;
  if (below.keeps_links < 0) below.keeps_links = 1;
  for (struct dirent *entry; (entry = readdir(directory));) {
    char below_from[4096], below_to[4096];
    if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
    snprintf(below_from, sizeof below_from, "%s/%s", from, entry->d_name);
    snprintf(below_to, sizeof below_to, "%s/%s", to, entry->d_name);
    status |= copy_path(below_from, below_to, &below);
  }
  closedir(directory);
  if (made) {
    mode_t mask = umask(0);
    umask(mask);
    chmod(to, how->keep ? mode : mode & ~mask);
  }
  return status;
}

static int copy_link(const char *from, const char *to) {
  char target[4096];
  ssize_t size = readlink(from, target, sizeof target - 1);
  if (size < 0) return copy_failed("read symbolic link", from);
  target[size] = 0;
  if (unlink(to) < 0 && errno != ENOENT) return copy_failed("remove", to);
  return symlink(target, to) < 0 ? copy_failed("create symbolic link", to) : 0;
}

static int make_link(const char *from, const char *to, int kind) {
  if (kind == 's' && *from != '/' && strchr(to, '/') && (strncmp(to, "./", 2) || strchr(to + 2, '/')))
    return tool_complain("%s: can make relative symbolic links only in current directory", to);
  if ((kind == 's' ? symlink(from, to) : link(from, to)) == 0) return 0;
  char text[560];
  snprintf(text, sizeof text, "cannot create %s '%.256s' to '%.256s'", kind == 's' ? "symbolic link" : "hard link", to, from);
  return tool_failed(text);
}

int copy_path(const char *from, const char *to, const struct copying *how) {
  struct stat s, other;
  int status, keeps_links = how->keeps_links > 0 || (how->keeps_links < 0 && how->recursive);
  if ((keeps_links ? lstat(from, &s) : stat(from, &s)) < 0) return copy_failed("stat", from);
  int exists = stat(to, &other) == 0, is_directory = S_ISDIR(s.st_mode);
  if (is_directory && !how->recursive) return tool_complain("-r not specified; omitting directory '%s'", from);
  if (exists && other.st_dev == s.st_dev && other.st_ino == s.st_ino && !how->link && !is_directory)
    return tool_complain("'%s' and '%s' are the same file", from, to);
  if (exists && is_directory && !S_ISDIR(other.st_mode))
    return tool_complain("cannot overwrite non-directory '%s' with directory '%s'", to, from);
  if (exists && !is_directory && S_ISDIR(other.st_mode))
    return tool_complain("cannot overwrite directory '%s' with non-directory", to);
  if (!exists && lstat(to, &other) == 0 && !is_directory && !S_ISLNK(s.st_mode) && !how->removes && !how->refuses)
    return tool_complain("not writing through dangling symlink '%s'", to);
  if (!is_directory && !copy_allowed(from, to, how)) return 0;
  if (is_directory) {
    size_t size = strlen(from);
    if (exists && other.st_dev == s.st_dev && other.st_ino == s.st_ino)
      return tool_complain("cannot copy a directory, '%s', into itself, '%s'", from, to);
    while (size > 1 && from[size - 1] == '/') size--;
    if (strncmp(from, to, size) == 0 && to[size] == '/')
      return tool_complain("cannot copy a directory, '%s', into itself, '%s'", from, to);
    status = copy_tree(from, to, s.st_mode & 07777, how);
  } else {
    if (how->says) printf("'%s' -> '%s'\n", from, to);
    if (how->link) return make_link(from, to, how->link);
    if (S_ISLNK(s.st_mode)) return copy_link(from, to);
    if (S_ISFIFO(s.st_mode) && how->recursive) status = mkfifo(to, s.st_mode & 0777) < 0 ? copy_failed("create fifo", to) : 0;
    else status = copy_bytes(from, to, s.st_mode, how);
  }
  if (how->keep && !status) {
    struct timespec times[2] = {s.st_atim, s.st_mtim};
    if (chown(to, s.st_uid, s.st_gid) < 0 || chmod(to, s.st_mode & 07777) < 0 || utimensat(AT_FDCWD, to, times, 0) < 0)
      status = copy_failed("preserve the mode and times of", to);
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
  snprintf(room, 4096, "%s%s%.*s", to, to[0] && to[strlen(to) - 1] == '/' ? "" : "/", (int)(size - start), from + start);
  return room;
}

int copy_into(const char *to, int is_named) {
  struct stat s;
  char text[300];
  if (stat(to, &s) == 0) {
    if (S_ISDIR(s.st_mode)) return 1;
    errno = ENOTDIR;
  }
  snprintf(text, sizeof text, "target %s'%.256s'", is_named ? "directory " : "", to);
  tool_failed(text);
  return 0;
}

const char *copy_operands(int argc, char **argv, const char *directory, int whole, int *sources) {
  int count = argc - optind - !directory;
  if (count < 1) {
    if (argc == optind) tool_complain("missing file operand");
    else tool_complain("missing destination file operand after '%s'", argv[optind]);
    tool_bad_usage();
  }
  if (whole && directory) exit(tool_complain("cannot combine --target-directory (-t) and --no-target-directory (-T)"));
  if (whole && count > 1) {
    tool_complain("extra operand '%s'", argv[optind + 2]);
    tool_bad_usage();
  }
  const char *to = directory ? directory : argv[argc - 1];
  if ((directory || count > 1) && !copy_into(to, directory != 0)) exit(1);
  *sources = count;
  return to;
}
