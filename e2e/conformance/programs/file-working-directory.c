/*
 * getcwd, chdir, fchdir, and a working directory that is gone. getcwd(2), chdir(2): ERRORS.
 */
#include "expect.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>

static char start[512];

/* Relative to where the program began. */
static void here(const char *what) {
  char path[512];
  if (getcwd(path, sizeof path) == NULL)
    outcome(what, -1);
  else
    say("%s: %s\n", what, strncmp(path, start, strlen(start)) == 0 ? path + strlen(start) : path);
}

int main(void) {
  if (getcwd(start, sizeof start) == NULL) return 1;
  truth("absolute", start[0] == '/');
  number("the raw call counts the zero", syscall(SYS_getcwd, start, sizeof start) == (long)strlen(start) + 1);
  mkdir("a", 0700);
  mkdir("a/b", 0700);
  close(open("file", O_CREAT | O_WRONLY, 0600));
  if (symlink("a/b", "link")) return 1;
  outcome("chdir", chdir("a/b"));
  here("now");
  outcome("up", chdir(".."));
  here("now");
  outcome("dots and slashes", chdir("..//./a/../"));
  here("now");
  outcome("through a link", chdir("link"));
  here("the real name");
  outcome("up from there", chdir(".."));
  here("now");
  outcome("missing", chdir("missing"));
  outcome("a file", chdir("../file"));
  outcome("empty", chdir(""));
  outcome("bad pointer", chdir(nowhere()));
  here("unmoved");
  int back = open(start, O_RDONLY | O_DIRECTORY);
  outcome("root", chdir("/"));
  here("now");
  outcome("up from the root", chdir(".."));
  here("now");
  outcome("fchdir", fchdir(back));
  here("now");
  outcome("fchdir to a file", fchdir(open("file", O_RDONLY)));
  outcome("fchdir to a closed one", fchdir(77));
  char small[4];
  outcome("no room", getcwd(small, sizeof small) ? 0 : -1);
  pid_t child = fork();
  if (child == 0) _exit(chdir("a") == 0 ? 0 : 1);
  reap("child moves", child);
  here("parent does not");
  chdir("a/b");
  outcome("renamed above", rename("../../a", "../../c"));
  here("now");
  outcome("removed", rmdir("../b"));
  here("now");
  outcome("create in it", open("x", O_CREAT | O_WRONLY, 0600));
  outcome("up from it", chdir(".."));
  here("now");
  return 0;
}
