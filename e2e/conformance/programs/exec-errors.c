/*
 * What execve refuses, and that the caller lives on. execve(2): ERRORS.
 */
#include "expect.h"
#include <fcntl.h>
#include <sys/stat.h>

static void make(const char *path, const char *bytes, long length, mode_t mode) {
  int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, mode);
  if (write(file, bytes, (size_t)length) != length) _exit(1);
  close(file);
}

static void attempt(const char *what, const char *path) {
  char *arguments[] = {"x", NULL}, *environment[] = {NULL};
  outcome(what, execve(path, arguments, environment));
}

int main(void) {
  char elf[64] = "\177ELF";
  make("text", "hello\n", 6, 0755);
  make("empty", "", 0, 0755);
  make("not-executable", "hello\n", 6, 0644);
  make("short-elf", elf, 20, 0755);
  make("wrong-elf", elf, 64, 0755);
  mkdir("directory", 0755);
  if (symlink("loop", "loop") != 0 || symlink("missing", "dangling") != 0) return 1;
  attempt("missing", "missing");
  attempt("empty path", "");
  attempt("directory", "directory");
  attempt("not executable", "not-executable");
  attempt("through a file", "text/program");
  attempt("dangling link", "dangling");
  attempt("loop", "loop");
  attempt("text", "text");
  attempt("empty file", "empty");
  attempt("short ELF", "short-elf");
  attempt("ELF of no machine", "wrong-elf");
  attempt("null path", NULL);
  char *environment[] = {NULL};
  outcome("bad argv", execve("text", nowhere(), environment));
  char *bad[] = {"x", nowhere(), NULL};
  outcome("bad argument", execve("text", bad, environment));
  char name[300];
  memset(name, 'n', sizeof name);
  name[299] = 0;
  attempt("long name", name);
  say("still here\n");
  return 0;
}
