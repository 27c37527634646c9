// Recursion: single, double, mutual, deep.
#include <stdio.h>

static int fib(int n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); }
static int ackermann(int m, int n) { return m == 0 ? n + 1 : n == 0 ? ackermann(m - 1, 1) : ackermann(m - 1, ackermann(m, n - 1)); }
static int is_odd(unsigned n);
static int is_even(unsigned n) { return n == 0 ? 1 : is_odd(n - 1); }
static int is_odd(unsigned n) { return n == 0 ? 0 : is_even(n - 1); }
static long depth(long n) { return n == 0 ? 0 : 1 + depth(n - 1); }
static int moves;
static void hanoi(int n, char from, char to, char by) {
  if (n == 0) return;
  hanoi(n - 1, from, by, to);
  moves++;
  if (n > 4) printf("%d%c%c ", n, from, to);
  hanoi(n - 1, by, to, from);
}
static void print_binary(unsigned n) {
  if (n > 1) print_binary(n / 2);
  printf("%d", n % 2);
}

int main(void) {
  printf("%d %d\n", fib(20), ackermann(2, 9));
  printf("%d %d\n", is_even(1000), is_odd(1001));
  printf("%ld\n", depth(20000));
  hanoi(7, 'A', 'C', 'B');
  printf("%d\n", moves);
  print_binary(0xbeef);
  printf("\n");
  return 0;
}
