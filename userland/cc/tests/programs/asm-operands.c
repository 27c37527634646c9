// Operands of inline assembly: registers, immediates, memory, matching, read-write, early clobber, names.
#include <stdio.h>

static int add(int a, int b) {
  int r;
  __asm__("addw %0, %1, %2" : "=r"(r) : "r"(a), "r"(b));
  return r;
}
static long named(long x, long y) {
  long r;
  __asm__("sub %[to], %[left], %[right]" : [to] "=r"(r) : [left] "r"(x), [right] "r"(y));
  return r;
}
static long immediate(long x) {
  __asm__("addi %0, %0, %1" : "+r"(x) : "i"(42));
  return x;
}
static long matching(long x) {
  long r;
  __asm__("slli %0, %1, 3" : "=r"(r) : "0"(x));
  return r;
}
static int memory(int *p) {
  int r, old = *p;
  __asm__ volatile("lw %0, %2\n\taddi %0, %0, 1\n\tsw %0, %1" : "=&r"(r), "=m"(*p) : "m"(*p));
  return r * 100 + old;
}
static long early(long a, long b) {
  long r;
  __asm__("li %0, 1000\n\tadd %0, %0, %1\n\tadd %0, %0, %2" : "=&r"(r) : "r"(a), "r"(b));
  return r;
}
static unsigned long two(unsigned long a, unsigned long b, unsigned long *high) {
  unsigned long low;
  __asm__("mulhu %0, %2, %3\n\tmul %1, %2, %3" : "=&r"(*high), "=r"(low) : "r"(a), "r"(b));
  return low;
}
static long clobbers(long x) {
  __asm__ volatile("li t0, 5\n\tli s1, 6\n\tadd %0, %0, t0\n\tadd %0, %0, s1" : "+r"(x) : : "t0", "s1");
  return x;
}
static int loop(int n) {
  int sum;
  __asm__("li %0, 0\n1:\n\taddw %0, %0, %1\n\taddiw %1, %1, -1\n\tbnez %1, 1b" : "=&r"(sum), "+r"(n));
  return sum;
}
static int either(int x) {
  int r;
  __asm__("addw %0, %z1, %2" : "=r"(r) : "rJ"(0), "r"(x));
  return r;
}

int main(void) {
  printf("%d %ld %ld %ld\n", add(3, -5), named(10, 3), immediate(-2), matching(-3));
  int cell = 7;
  printf("%d", memory(&cell));
  printf(" %d %ld\n", cell, early(1, 2));
  unsigned long high, low = two(0xffffffffffffffff, 0xfffffffffffffffe, &high);
  printf("%lx %lx %ld %d %d\n", high, low, clobbers(10), loop(10), either(-4));
  int x = 1;
  __asm__ volatile("" : : : "memory");
  __asm__("" : "+r"(x));
  __asm__ volatile("nop");
  printf("%d\n", x);
  return 0;
}
