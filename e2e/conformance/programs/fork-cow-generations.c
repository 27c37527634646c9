/*
 * Copy-on-write over several generations: each process sees the values it was born with plus its own
 * writes, also after the ones it was copied from are gone. fork(2).
 */
#include "expect.h"
#include <sys/mman.h>

#define PAGES 8

int main(void) {
  char *area = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  int order[2];
  for (int i = 0; i < PAGES; i++) area[i * PAGE] = 'a';
  if (pipe(order) != 0) return 1;

  /* A line of six descendants; each writes one page and waits for its child. */
  for (int generation = 1; generation <= 6; generation++) {
    pid_t child = fork();
    if (child != 0) {
      int status = 0;
      char text[PAGES + 1];
      waitpid(child, &status, 0);
      for (int i = 0; i < PAGES; i++) text[i] = area[i * PAGE];
      text[PAGES] = 0;
      say("generation %d: %s, its child exited %d\n", generation - 1, text, WEXITSTATUS(status));
      return generation - 1;
    }
    area[generation * PAGE] = (char)('a' + generation);
    area[0] = (char)('A' + generation);
  }
  /* The last one outlives nobody, but shares frames with all. */
  number("last sees its grandfather's write", area[4 * PAGE]);
  return 6;
}
