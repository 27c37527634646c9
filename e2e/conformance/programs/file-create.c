/*
 * Creation, truncation and exclusion, and the mode with the umask. open(2): O_CREAT, O_EXCL, O_TRUNC.
 */
#include "expect.h"
#include <fcntl.h>
#include <sys/stat.h>

static void show(const char *what, const char *path) {
  struct stat meta;
  if (stat(path, &meta) != 0) {
    outcome(what, -1);
    return;
  }
  say("%s: size %ld, mode %o, links %d\n", what, (long)meta.st_size, (unsigned)meta.st_mode & 07777, (int)meta.st_nlink);
}

int main(void) {
  umask(022);
  int file = open("new", O_WRONLY | O_CREAT | O_EXCL, 0666);
  outcome("exclusive", file);
  show("new", "new");
  number("write", write(file, "0123456789", 10));
  show("written", "new");
  int again = open("new", O_WRONLY | O_CREAT, 0777);
  outcome("create what is there", again);
  show("kept", "new");
  number("writes at the start", write(again, "AB", 2));
  close(again);
  char bytes[16] = {0};
  again = open("new", O_RDONLY);
  number("read", read(again, bytes, sizeof bytes));
  say("has %s\n", bytes);
  int cut = open("new", O_WRONLY | O_TRUNC);
  show("truncated", "new");
  number("the first writer goes on at 10", write(file, "x", 1));
  show("with a hole", "new");
  number("the reader at 10 too", read(again, bytes, sizeof bytes));
  memset(bytes, '?', sizeof bytes);
  number("pread", pread(again, bytes, 16, 0));
  say("hole %d, byte %c, then %c\n", bytes[0] | bytes[9], bytes[10], bytes[11]);
  close(cut);

  /* A mode without rights still gives the creator its descriptor. */
  int locked = open("locked", O_RDWR | O_CREAT, 0);
  outcome("mode 0", locked);
  show("locked", "locked");
  number("write", write(locked, "x", 1));
  umask(077);
  close(open("private", O_WRONLY | O_CREAT, 0777));
  show("umask 077", "private");
  mkdir("directory", 0777);
  struct stat meta;
  stat("directory", &meta);
  say("directory: mode %o\n", (unsigned)meta.st_mode & 07777);
  outcome("fchmod", fchmod(file, 0640));
  show("changed", "new");
  return 0;
}
