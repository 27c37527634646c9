/* Recursive Fibonacci: calls and returns. */
#include "bench.h"

__attribute__((noinline)) static u64 fib(u64 n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }

int main(void) {
  report(fib(34));
  return 0;
}
