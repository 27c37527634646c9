/*
 * Signals that interrupt each other on a large alternate stack, of which only the touched pages are there, come back
 * with every register and every byte of the stacks as it was. sigaltstack(2), sigaction(2): SA_ONSTACK, SA_NODEFER.
 */
#include "memory.h"

#define STACK (1 << 20)
#define DEPTH 12

static char *stack;
static volatile int depth, deepest, wrong;

/* Each level fills 40 KiB of the stack, raises the next signal, and finds its bytes as they were. */
static void handler(int signal) {
  unsigned long words[40 * 1024 / sizeof(unsigned long)];
  int level = ++depth;
  if ((char *)words < stack || (char *)words >= stack + STACK) wrong++;
  fill_words(words, sizeof words, (unsigned long)level);
  if (level > deepest) deepest = level;
  if (level < DEPTH) raise(signal == SIGUSR1 ? SIGUSR2 : SIGUSR1);
  wrong += wrong_words(words, sizeof words, (unsigned long)level) != 0;
  depth--;
}

/* Values in many registers across a call that a signal interrupts. */
static unsigned long work(unsigned long seed, pid_t self) {
  unsigned long a = next_word(&seed), b = next_word(&seed), c = next_word(&seed), d = next_word(&seed);
  unsigned long e = next_word(&seed), f = next_word(&seed), g = next_word(&seed), h = next_word(&seed);
  kill(self, SIGUSR1);
  return a + 3 * b + 5 * c + 7 * d + 11 * e + 13 * f + 17 * g + 19 * h;
}

int main(void) {
  struct sigaction action;
  stack_t other;
  memset(&other, 0, sizeof other);
  stack = mmap(NULL, STACK, RW, ANON | MAP_NORESERVE, -1, 0);
  other.ss_sp = stack;
  other.ss_size = STACK;
  outcome("a large stack", sigaltstack(&other, NULL));
  memset(&action, 0, sizeof action);
  action.sa_handler = handler;
  action.sa_flags = SA_ONSTACK | SA_NODEFER;
  sigaction(SIGUSR1, &action, NULL);
  sigaction(SIGUSR2, &action, NULL);

  static unsigned long data[256 * 1024 / sizeof(unsigned long)];
  fill_words(data, sizeof data, 5);
  unsigned long expected = 0, sum = 0;
  action.sa_handler = SIG_IGN;
  sigaction(SIGUSR1, &action, NULL);
  for (unsigned long i = 0; i < 20; i++) expected += work(i, getpid());
  action.sa_handler = handler;
  sigaction(SIGUSR1, &action, NULL);
  for (unsigned long i = 0; i < 20; i++) sum += work(i, getpid());
  truth("registers are as they were", sum == expected);
  number("deepest", deepest);
  number("wrong levels", wrong);
  number("wrong words of the data", wrong_words(data, sizeof data, 5));

  /* A child with the stack of its parent, copied on the first signal. */
  pid_t child = fork();
  if (child == 0) {
    raise(SIGUSR2);
    _exit(wrong == 0 && deepest == DEPTH && wrong_words(data, sizeof data, 5) == 0 ? 0 : 1);
  }
  reap("child", child);
  /* The stack dropped: its pages are zero, and come again. */
  outcome("drop it", madvise(stack, STACK, MADV_DONTNEED));
  deepest = 0;
  raise(SIGUSR1);
  number("deepest", deepest);
  /* A signal whose stack has gone cannot be delivered. */
  child = fork();
  if (child == 0) {
    munmap(stack, STACK);
    raise(SIGUSR1);
    _exit(0);
  }
  reap("without the stack", child);
  return 0;
}
