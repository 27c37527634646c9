/*
 * execve gives a new address space: data is initial again, shared memory is left behind, the process and
 * its id stay the same. execve(2).
 */
/* native-only: qemu-user hands execve to the host, which cannot run a riscv64 file by itself */
#include "expect.h"
#include <sys/mman.h>

static int counter = 5;
static char bss[PAGE];

int main(int argc, char **argv) {
  char pid[24];
  snprintf(pid, sizeof pid, "%d", (int)getpid());
  if (argc > 1) {
    number("data is initial", counter);
    number("bss is zero", bss[7]);
    truth("same process", strcmp(argv[1], pid) == 0);
    truth("same parent", atoi(argv[2]) == (int)getppid());
    outcome("its children are still its own", waitpid(-1, NULL, 0));
    return 0;
  }
  volatile int *shared = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  char parent[24];
  snprintf(parent, sizeof parent, "%d", (int)getpid());
  pid_t child = fork();
  if (child == 0) {
    counter = 77;
    bss[7] = 7;
    *shared = 123;
    snprintf(pid, sizeof pid, "%d", (int)getpid());
    if (fork() == 0) _exit(0); /* a child for after the exec */
    char *arguments[] = {"x", pid, parent, NULL}, *environment[] = {NULL};
    execve(argv[0], arguments, environment);
    _exit(1);
  }
  reap("child", child);
  number("shared memory of before", *shared);
  number("parent's data", counter);
  return 0;
}
