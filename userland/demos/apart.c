/* apart: after fork, parent and child use the same address, but a write there stays with the one who wrote. Each process
   has a page table of its own: one address, two frames, two values.                         usage: apart [SECONDS] */
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#include "vitrine.h"

static int value = 1; /* one variable in the program, one address, in how many frames? */

static void show(const char *who) {
  printf("%s %d: value at %p in frame %ld is %d\n", who, getpid(), (void *)&value, frame_of(&value), value);
  fflush(stdout);
}

int main(int argc, char **argv) {
  unsigned seconds = argc > 1 ? (unsigned)atoi(argv[1]) : 2;
  show("before");

  pid_t child = fork();
  if (child == 0) {
    value = 200; /* the child's page is copied here */
    show(" child");
    sleep(seconds); /* time to look at both from outside */
    return 0;
  }
  value = 100; /* the parent's own page */
  sleep(1);    /* let the child speak first */
  show("parent");
  waitpid(child, NULL, 0);
  show("parent");
  return 0;
}
