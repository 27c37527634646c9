/* shared: a parent and its child count in one page of memory. MAP_SHARED makes
   both page tables name the same frame, so what one writes, the other reads.

   usage: shared [ROUNDS]     (5 rounds if not given) */
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include "vitrine.h"

struct page {
  int turn; /* whose turn it is: 0 the parent's, 1 the child's */
  int counter;
};

static void count(volatile struct page *page, int me, int rounds) {
  for (int round = 0; round < rounds; round++) {
    while (page->turn != me) usleep(1000);
    page->counter++;
    printf("%s %d: counter at %p in frame %ld is now %d\n",
           me == 0 ? "parent" : " child", getpid(), (void *)&page->counter,
           frame_of(page), page->counter);
    fflush(stdout);
    usleep(300 * 1000); /* time to look at it from outside */
    page->turn = !me;
  }
}

int main(int argc, char **argv) {
  int rounds = argc > 1 ? atoi(argv[1]) : 5;
  struct page *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
                           MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (page == MAP_FAILED) {
    perror("mmap");
    return 1;
  }
  pid_t child = fork();
  if (child == 0) {
    count(page, 1, rounds);
    return 0;
  }
  count(page, 0, rounds);
  waitpid(child, NULL, 0);
  printf("both counted to %d in one frame\n", page->counter);
  return 0;
}
