/*
 * What openat refuses, and with which error. open(2): ERRORS.
 */
#include "expect.h"
#include <fcntl.h>
#include <sys/stat.h>

static void attempt(const char *what, const char *path, int flags) {
  int fd = open(path, flags, 0600);
  outcome(what, fd);
  if (fd >= 0) close(fd);
}

int main(void) {
  close(open("file", O_CREAT | O_WRONLY, 0600));
  mkdir("dir", 0700);
  if (symlink("file", "link") || symlink("nowhere", "dangling") || symlink("loop2", "loop1")) return 1;
  if (symlink("loop1", "loop2") || symlink("dir", "dirlink")) return 1;
  attempt("missing", "missing", O_RDONLY);
  attempt("missing directory", "missing/file", O_RDONLY | O_CREAT);
  attempt("empty path", "", O_RDONLY);
  attempt("through a file", "file/x", O_RDONLY);
  attempt("file with a slash", "file/", O_RDONLY);
  attempt("directory to read", "dir", O_RDONLY);
  attempt("directory to write", "dir", O_WRONLY);
  attempt("directory to read and write", "dir", O_RDWR);
  attempt("directory to create", "dir", O_RDONLY | O_CREAT);
  attempt("new with a slash", "new/", O_WRONLY | O_CREAT);
  attempt("exclusive over a file", "file", O_WRONLY | O_CREAT | O_EXCL);
  attempt("exclusive over a directory", "dir", O_RDONLY | O_CREAT | O_EXCL);
  attempt("exclusive over a dangling link", "dangling", O_WRONLY | O_CREAT | O_EXCL);
  attempt("file as directory", "file", O_RDONLY | O_DIRECTORY);
  attempt("directory as directory", "dir", O_RDONLY | O_DIRECTORY);
  attempt("link", "link", O_RDONLY);
  attempt("link not followed", "link", O_RDONLY | O_NOFOLLOW);
  attempt("file not followed", "file", O_RDONLY | O_NOFOLLOW);
  attempt("link to a directory, not followed", "dirlink", O_RDONLY | O_NOFOLLOW | O_DIRECTORY);
  attempt("through a link, last not followed", "dirlink/missing", O_RDONLY | O_NOFOLLOW);
  attempt("dangling link", "dangling", O_RDONLY);
  attempt("loop", "loop1", O_RDONLY);
  attempt("through a loop", "loop1/x", O_RDONLY);
  attempt("null", NULL, O_RDONLY);
  attempt("bad pointer", nowhere(), O_RDONLY);
  char name[5000];
  memset(name, 'n', sizeof name);
  name[255] = 0;
  attempt("255 letters", name, O_RDONLY);
  name[255] = 'n';
  name[256] = 0;
  attempt("256 letters", name, O_RDONLY);
  for (int i = 0; i < 4999; i++) name[i] = i % 2 ? '/' : '.';
  name[4999] = 0;
  attempt("path of 4999", name, O_RDONLY);
  name[4095] = 0;
  attempt("path of 4095", name, O_RDONLY);
  /* Creation through a dangling link makes its target. */
  attempt("created through the link", "dangling", O_WRONLY | O_CREAT);
  outcome("its target", access("nowhere", F_OK));
  return 0;
}
