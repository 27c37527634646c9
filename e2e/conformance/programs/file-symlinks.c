/*
 * Symbolic links: reading, following, in the middle of paths, relative to where they lie. symlink(2),
 * readlink(2), path_resolution(7).
 */
#include "expect.h"
#include <fcntl.h>
#include <sys/stat.h>

static void where(const char *what, const char *path) {
  char bytes[32] = {0};
  int file = open(path, O_RDONLY);
  if (file < 0) {
    outcome(what, -1);
    return;
  }
  if (read(file, bytes, 31) < 0) strcpy(bytes, "a directory");
  say("%s: %s\n", what, bytes);
  close(file);
}

int main(void) {
  char text[64];
  mkdir("a", 0700);
  mkdir("a/b", 0700);
  int file = open("a/file", O_WRONLY | O_CREAT, 0600);
  if (write(file, "a/file", 6) != 6) return 1;
  outcome("symlink", symlink("../file", "a/b/up"));
  outcome("to nowhere", symlink("does/not/exist", "lost"));
  outcome("to a directory", symlink("a/b", "deep"));
  outcome("over a name", symlink("x", "deep"));
  outcome("empty target", symlink("", "empty"));
  outcome("in nowhere", symlink("x", "missing/link"));
  where("relative to the link", "a/b/up");
  where("through a link", "deep/up");
  where("dotdot is the directory's", "deep/../file");
  where("a link's slash", "deep/");
  where("lost", "lost");
  where("doubled slashes and dots", "a//./b/..//file");
  where("dot on a file", "a/file/.");

  memset(text, '#', sizeof text);
  number("readlink", readlink("a/b/up", text, sizeof text));
  say("%.7s then %c\n", text, text[7]);
  number("cut", readlink("a/b/up", text, 3));
  outcome("no room", readlink("a/b/up", text, 0));
  outcome("of a file", readlink("a/file", text, sizeof text));
  outcome("of nothing", readlink("missing", text, sizeof text));
  outcome("bad pointer", readlink("a/b/up", nowhere(), 8));
  outcome("unlink takes the link", unlink("deep"));
  where("its target is there", "a/b");

  /* A chain of forty is followed, one of forty-one is a loop. */
  char from[8], to[8] = "a/file";
  for (int i = 0; i < 41; i++) {
    snprintf(from, sizeof from, "c%d", i);
    if (symlink(to, from)) return 1;
    strcpy(to, from);
  }
  where("forty links", "c39");
  where("forty-one", "c40");
  return 0;
}
