/* apart: parent and child use the same address, but what one writes there the
   other never sees. Each process has a page table of its own: one address, two
   frames, two values.

   usage: apart [SECONDS]     (both stay that long, 2 if not given) */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include "vitrine.h"

static int *value; /* one address; in how many frames? */

static void show(const char *who) {
  printf("%s %d: the value at %p in frame %ld is %d\n", who, getpid(),
         (void *)value, frame_of(value), *value);
  fflush(stdout);
}

int main(int argc, char **argv) {
  unsigned seconds = argc > 1 ? (unsigned)atoi(argv[1]) : 2;
  value = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
               MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  *value = 1;
  show("parent");

  pid_t child = fork();
  if (child == 0) {
    *value = 200; /* from here on the child has a frame of its own */
    show(" child");
    sleep(seconds); /* time to look at both from outside */
    show(" child");
    return 0;
  }
  usleep(100 * 1000); /* the child speaks first */
  *value = 100;
  show("parent");
  waitpid(child, NULL, 0);
  show("parent");
  return 0;
}
