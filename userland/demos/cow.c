/* cow: copy-on-write. fork copies no memory: parent and child map the same
   frame, read-only. The first write of either faults, and only then does the
   writer get a frame of its own.

   usage: cow [MILLISECONDS]     (the length of a step, 600 if not given) */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include "vitrine.h"

static char *page;

static void show(const char *who, const char *when) {
  printf("%s %d %-12s %p in frame %ld: \"%s\"\n", who, getpid(),
         when, (void *)page, frame_of(page), page);
  fflush(stdout);
}

int main(int argc, char **argv) {
  useconds_t step = (argc > 1 ? (useconds_t)atoi(argv[1]) : 600) * 1000;
  page = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
              MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  snprintf(page, 4096, "by the parent");
  show("parent", "before fork:");

  pid_t child = fork();
  if (child == 0) {
    show(" child", "after fork:"); /* the parent's frame */
    usleep(2 * step);
    snprintf(page, 4096, "by the child"); /* faults: a copy is made */
    show(" child", "after write:");
    usleep(2 * step);
    return 0;
  }
  usleep(step);
  show("parent", "after fork:"); /* still one frame for both */
  usleep(2 * step);
  show("parent", "after write:"); /* untouched by what the child wrote */
  waitpid(child, NULL, 0);
  return 0;
}
