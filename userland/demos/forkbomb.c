/* forkbomb: every process forks for ever. The kernel's limit (EAGAIN) must hold
   it, and the shell must live on. Ctrl-C ends it: it is one process group. */
#include <stdio.h>
#include <unistd.h>

int main(void) {
  int complained = 0;
  for (;;) {
    if (fork() < 0 && !complained) {
      dprintf(2, "forkbomb %d: fork: %m\n", getpid());
      complained = 1;
    }
    if (complained) usleep(100 * 1000); /* full: no need to be hot as well */
  }
}
