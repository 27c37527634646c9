/*
 * The kernel's own writes into user memory (read, wait4's status, fstat, pipe2) break copy-on-write like
 * the program's stores do. fork(2), read(2).
 */
#include "expect.h"
#include <sys/mman.h>
#include <sys/stat.h>

static char *fresh(void) {
  return mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

int main(void) {
  char *buffer = fresh();
  int *status = (int *)fresh();
  struct stat *meta = (struct stat *)fresh();
  int *ends = (int *)fresh();
  strcpy(buffer, "parent's bytes");
  *status = 1234;
  meta->st_size = 4321;
  ends[0] = 1111;
  ends[1] = 2222;
  int data[2];
  if (pipe(data) != 0 || write(data[1], "child's bytes.", 14) != 14) return 1;

  pid_t child = fork();
  if (child == 0) {
    number("child reads", read(data[0], buffer, 14));
    pid_t grandchild = fork();
    if (grandchild == 0) _exit(3);
    waitpid(grandchild, status, 0);
    if (fstat(data[0], meta) != 0 || pipe(ends) != 0) _exit(1);
    say("child: %s, status %d, size %ld, ends differ %d\n", buffer, WEXITSTATUS(*status),
        (long)meta->st_size, ends[0] != 1111);
    _exit(0);
  }
  reap("child", child);
  say("parent: %s, status %d, size %ld, ends %d %d\n", buffer, *status, (long)meta->st_size, ends[0],
      ends[1]);

  /* The other way round: the parent's read must not reach the child. */
  int gate[2];
  if (pipe(gate) != 0 || write(data[1], "new", 4) != 4) return 1;
  child = fork();
  if (child == 0) {
    char token;
    if (read(gate[0], &token, 1) != 1) _exit(1);
    say("child still has: %s\n", buffer);
    _exit(0);
  }
  number("parent reads", read(data[0], buffer, 4));
  if (write(gate[1], "!", 1) != 1) return 1;
  reap("child", child);
  say("parent has: %s\n", buffer);
  return 0;
}
