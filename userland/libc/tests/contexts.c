/* getcontext, setcontext, makecontext, swapcontext: coroutines, links, arguments, signal masks, and what survives a change. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

static ucontext_t home, first, second;
static char stacks[3][32768] __attribute__((aligned(16)));

static void begin(ucontext_t *context, int stack, ucontext_t *next) {
  getcontext(context);
  context->uc_stack.ss_sp = stacks[stack];
  context->uc_stack.ss_size = sizeof stacks[stack];
  context->uc_link = next;
}

static void ping(int turns, const char *name) {
  for (int turn = 0; turn < turns; turn++) {
    printf("%s %d\n", name, turn);
    swapcontext(&first, &second);
  }
  puts("ping ends");
}

static void pong(void) {
  for (int turn = 0;; turn++) {
    printf("pong %d\n", turn);
    swapcontext(&second, &first);
  }
}

static void many(int a, int b, int c, int d, int e, int f, int g, int h, int i, int j, int k) {
  printf("%d %d %d %d %d %d %d %d %d %d %d\n", a, b, c, d, e, f, g, h, i, j, k);
  printf("aligned: %d\n", (int)((unsigned long)__builtin_frame_address(0) % 16));
}

static int blocked(int number) {
  sigset_t set;
  sigprocmask(SIG_BLOCK, 0, &set);
  return sigismember(&set, number);
}

static void with_mask(void) { printf("inside: USR1 %d, USR2 %d\n", blocked(SIGUSR1), blocked(SIGUSR2)); }

static long recursive(int depth) {
  char here[500];
  memset(here, depth, sizeof here);
  if (depth % 10 == 0) swapcontext(&first, &home);
  return depth == 0 ? here[0] : recursive(depth - 1) + here[depth];
}

static void deep(void) {
  long sum = recursive(40);
  printf("sum %ld\n", sum);
}

/* A generator: one value a turn. */
static int produced;
static void generate(int from, int to) {
  for (produced = from; produced < to; produced++) swapcontext(&first, &home);
  produced = -1;
}

static void last(void) { puts("the last context ends the program"); fflush(stdout); }

int main(void) {
  begin(&first, 0, &home);
  makecontext(&first, (void (*)(void))ping, 2, 3, "ping");
  begin(&second, 1, 0);
  makecontext(&second, pong, 0);
  printf("swap: %d\n", swapcontext(&home, &first));

  begin(&first, 0, &home);
  makecontext(&first, (void (*)(void))many, 11, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, -11);
  swapcontext(&home, &first);

  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  begin(&first, 0, &home);
  makecontext(&first, with_mask, 0);
  sigaddset(&first.uc_sigmask, SIGUSR2);
  sigprocmask(SIG_BLOCK, &set, 0);
  swapcontext(&home, &first);
  printf("outside: USR1 %d, USR2 %d\n", blocked(SIGUSR1), blocked(SIGUSR2));

  begin(&first, 0, &home);
  makecontext(&first, deep, 0);
  for (int turn = 0; turn < 6; turn++) swapcontext(&home, &first);

  begin(&first, 0, &home);
  makecontext(&first, (void (*)(void))generate, 2, 5, 9);
  while (swapcontext(&home, &first), produced >= 0) printf("generated %d\n", produced);

  volatile int times = 0;
  ucontext_t again;
  printf("getcontext: %d\n", getcontext(&again));
  if (++times < 4) setcontext(&again);
  printf("times: %d\n", times);

  begin(&first, 2, 0);
  makecontext(&first, last, 0);
  setcontext(&first);
  puts("not reached");
  return 1;
}
