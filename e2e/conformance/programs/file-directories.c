/*
 * Making and removing directories. mkdir(2), rmdir(2), unlink(2): ERRORS.
 */
#include "expect.h"
#include <fcntl.h>
#include <sys/stat.h>

int main(void) {
  outcome("mkdir", mkdir("a", 0755));
  outcome("again", mkdir("a", 0755));
  outcome("nested", mkdir("a/b", 0755));
  outcome("with a slash", mkdir("a/c/", 0755));
  outcome("without a parent", mkdir("x/y", 0755));
  outcome("empty name", mkdir("", 0755));
  outcome("the root", mkdir("/", 0755));
  outcome("dot", mkdir(".", 0755));
  close(open("a/file", O_CREAT | O_WRONLY, 0600));
  outcome("over a file", mkdir("a/file", 0755));
  outcome("under a file", mkdir("a/file/x", 0755));
  if (symlink("missing", "dangling") || symlink("a", "link")) return 1;
  outcome("over a dangling link", mkdir("dangling", 0755));

  outcome("rmdir not empty", rmdir("a"));
  outcome("rmdir a file", rmdir("a/file"));
  outcome("rmdir missing", rmdir("a/missing"));
  outcome("rmdir dot", rmdir("a/b/."));
  outcome("rmdir dotdot", rmdir("a/b/.."));
  outcome("rmdir a link", rmdir("link"));
  outcome("rmdir the root", rmdir("/"));
  outcome("unlink a directory", unlink("a/b"));
  outcome("rmdir through the link", rmdir("link/b"));
  outcome("rmdir with a slash", rmdir("a/c/"));
  outcome("unlink with a slash", unlink("a/file/"));
  outcome("unlink", unlink("a/file"));
  outcome("unlink again", unlink("a/file"));
  outcome("unlink empty", unlink(""));
  outcome("unlinkat with AT_REMOVEDIR", unlinkat(AT_FDCWD, "a", AT_REMOVEDIR));
  outcome("unlinkat with another flag", unlinkat(AT_FDCWD, "link", 1));

  /* An open directory that was removed has no entries and takes none. */
  mkdir("gone", 0755);
  int gone = open("gone", O_RDONLY | O_DIRECTORY);
  outcome("rmdir while open", rmdir("gone"));
  outcome("create in it", openat(gone, "x", O_CREAT | O_WRONLY, 0600));
  outcome("mkdir in it", mkdirat(gone, "x", 0700));
  struct stat meta;
  outcome("fstat", fstat(gone, &meta));
  number("links", (long)meta.st_nlink);
  return 0;
}
