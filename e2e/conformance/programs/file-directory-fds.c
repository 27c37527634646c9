/*
 * Paths relative to an open directory, and when that descriptor is not looked at. openat(2): "Rationale".
 */
#include "expect.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

static void attempt(const char *what, int directory, const char *path, int flags) {
  int fd = openat(directory, path, flags, 0600);
  outcome(what, fd);
  if (fd >= 0) close(fd);
}

int main(void) {
  mkdir("a", 0700);
  int a = open("a", O_RDONLY | O_DIRECTORY);
  attempt("create in it", a, "file", O_CREAT | O_WRONLY);
  outcome("by path", access("a/file", F_OK));
  int file = openat(a, "file", O_RDONLY);
  attempt("its parent", a, "..", O_RDONLY);
  attempt("itself", a, ".", O_RDONLY);
  attempt("relative to a file", file, "x", O_RDONLY);
  attempt("relative to a closed one", 77, "file", O_RDONLY);
  attempt("relative to a negative", -5, "file", O_RDONLY);
  attempt("absolute, whatever the descriptor", 77, "/", O_RDONLY);
  attempt("AT_FDCWD", AT_FDCWD, "a/file", O_RDONLY);
  outcome("mkdirat", mkdirat(a, "b", 0700));
  outcome("symlinkat", symlinkat("file", a, "link"));
  outcome("linkat", linkat(a, "file", AT_FDCWD, "hard", 0));
  outcome("renameat2", syscall(SYS_renameat2, AT_FDCWD, "hard", a, "b/moved", 0));
  struct stat one, two;
  fstatat(a, "b/moved", &one, 0);
  fstat(file, &two);
  truth("the same file", one.st_ino == two.st_ino);
  fstatat(a, "link", &one, AT_SYMLINK_NOFOLLOW);
  truth("the link itself", S_ISLNK(one.st_mode));
  fstatat(a, "link", &one, 0);
  truth("what it leads to", one.st_ino == two.st_ino);
  outcome("unknown flag", fstatat(a, "link", &one, 0x40000000));
  char text[8] = {0};
  number("readlinkat", readlinkat(a, "link", text, 7));
  outcome("faccessat", faccessat(a, "link", R_OK, 0));
  outcome("faccessat missing", faccessat(a, "missing", F_OK, 0));
  outcome("faccessat odd mode", faccessat(a, "link", 99, 0));

  /* The descriptor follows the directory, not its name. */
  outcome("rename it", rename("a", "z"));
  attempt("still there", a, "file", O_RDONLY);
  outcome("unlinkat", unlinkat(a, "b/moved", 0));
  outcome("unlinkat not empty", unlinkat(AT_FDCWD, "z", AT_REMOVEDIR));
  outcome("unlinkat directory", unlinkat(a, "b", AT_REMOVEDIR));
  return 0;
}
