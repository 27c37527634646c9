/*
 * A tracer reads and writes its tracee's memory, also what the tracee may not write itself.
 * ptrace(2): PTRACE_PEEKDATA, PTRACE_POKEDATA, PTRACE_POKETEXT.
 */
/* native-only: qemu-user has no ptrace */
#include "../trace.h"
#include <sys/mman.h>

static long variable = 0x1122334455667788;
static const long constant = 1234;

int main(void) {
  need_ptrace();
  char *pages = mmap(NULL, 3 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  char *hidden = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  char *shared = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  memset(pages, 'a', 2 * PAGE);
  memset(hidden, 'h', PAGE);
  memset(shared, 's', PAGE);
  munmap(pages + 2 * PAGE, PAGE);
  pid_t pid = fork();
  if (pid == 0) {
    mprotect(hidden, PAGE, PROT_NONE);
    mprotect(shared, PAGE, PROT_READ);
    mprotect(pages, PAGE, PROT_READ);
    ptrace(PTRACE_TRACEME, 0, NULL, NULL);
    raise(SIGSTOP);
    say("  variable %lx, constant %ld, pages %c%c%c\n", variable, *(volatile const long *)&constant,
        pages[0], pages[PAGE - 4], pages[PAGE + 3]);
    raise(SIGSTOP);
    pages[0] = 'x';
    _exit(0);
  }
  next_of("child", pid);
  errno = 0;
  say("peek: %lx\n", ptrace(PTRACE_PEEKDATA, pid, &variable, NULL));
  say("without alignment: %lx\n", ptrace(PTRACE_PEEKTEXT, pid, (char *)&variable + 1, NULL) & 0xffffff);
  say("across pages: %lx\n", ptrace(PTRACE_PEEKDATA, pid, pages + PAGE - 4, NULL));
  outcome("peek beyond the end", ptrace(PTRACE_PEEKDATA, pid, pages + 2 * PAGE - 4, NULL));
  say("the hidden page: %lx\n", ptrace(PTRACE_PEEKDATA, pid, hidden, NULL));
  outcome("peek at 0", ptrace(PTRACE_PEEKDATA, pid, NULL, NULL));
  outcome("poke a variable", ptrace(PTRACE_POKEDATA, pid, &variable, (void *)0xfedcba9876543210));
  outcome("poke a constant", ptrace(PTRACE_POKETEXT, pid, (void *)&constant, (void *)4321));
  outcome("poke across pages", ptrace(PTRACE_POKEDATA, pid, pages + PAGE - 4, (void *)0x3132333435363738));
  outcome("poke a shared page without the right", ptrace(PTRACE_POKEDATA, pid, shared, NULL));
  outcome("poke nothing", ptrace(PTRACE_POKEDATA, pid, pages + 2 * PAGE, NULL));
  say("the parent's own: %lx, %ld, %c\n", variable, *(volatile const long *)&constant, pages[PAGE]);
  go(PTRACE_CONT, pid, 0);
  next_of("child", pid);
  go(PTRACE_CONT, pid, 0);
  say("what it may not write it still may not write\n");
  next_of("child", pid);
  go(PTRACE_CONT, pid, SIGSEGV);
  next_of("child", pid);
  return 0;
}
