/*
 * fstat, stat and lstat: types, sizes, modes, links, identity. stat(2), inode(7).
 */
#include "expect.h"
#include <fcntl.h>
#include <sys/stat.h>

static const char *type(mode_t mode) {
  return S_ISREG(mode)    ? "file"
         : S_ISDIR(mode)  ? "directory"
         : S_ISLNK(mode)  ? "link"
         : S_ISCHR(mode)  ? "character device"
         : S_ISFIFO(mode) ? "fifo"
                          : "other";
}

int main(void) {
  struct stat one, two;
  int file = open("file", O_RDWR | O_CREAT, 0640);
  if (write(file, "12345", 5) != 5 || symlink("file", "link") || mkdir("dir", 0750)) return 1;
  outcome("fstat", fstat(file, &one));
  say("%s of %ld bytes, mode %o, links %d\n", type(one.st_mode), (long)one.st_size, (unsigned)one.st_mode & 0777,
      (int)one.st_nlink);
  outcome("stat", stat("file", &two));
  truth("the same file", one.st_ino == two.st_ino && one.st_dev == two.st_dev);
  stat("link", &two);
  truth("through the link too", one.st_ino == two.st_ino);
  lstat("link", &two);
  say("the link itself: %s of %ld bytes, mode %o, another inode %d\n", type(two.st_mode), (long)two.st_size,
      (unsigned)two.st_mode & 0777, two.st_ino != one.st_ino);
  stat("dir", &two);
  say("dir: %s, mode %o\n", type(two.st_mode), (unsigned)two.st_mode & 0777);
  stat(".", &one);
  stat("dir/..", &two);
  truth("dir/.. is here", one.st_ino == two.st_ino && one.st_dev == two.st_dev);
  stat("/", &one);
  stat("/..", &two);
  truth("the root's parent is the root", one.st_ino == two.st_ino && S_ISDIR(one.st_mode));
  stat("/dev/null", &one);
  say("/dev/null: %s %d:%d\n", type(one.st_mode), (int)(one.st_rdev >> 8), (int)(one.st_rdev & 255));
  stat("/dev/zero", &one);
  say("/dev/zero: %s %d:%d\n", type(one.st_mode), (int)(one.st_rdev >> 8), (int)(one.st_rdev & 255));
  int ends[2];
  if (pipe(ends) != 0) return 1;
  fstat(ends[0], &one);
  fstat(ends[1], &two);
  say("pipe: %s, both ends one inode %d\n", type(one.st_mode), one.st_ino == two.st_ino);
  fstat(file, &one);
  truth("ours", one.st_uid == geteuid() && one.st_gid == getegid());
  truth("times are alike", one.st_mtime >= one.st_atime - 2 && one.st_mtime > 1577836800);
  outcome("missing", stat("missing", &one));
  outcome("dangling", stat("file/x", &one));
  outcome("closed", fstat(77, &one));
  outcome("bad pointer", fstat(file, nowhere()));
  outcome("empty path", stat("", &one));
  outcome("empty path with AT_EMPTY_PATH", fstatat(file, "", &two, AT_EMPTY_PATH));
  number("is the descriptor's", two.st_size);
  return 0;
}
