// Large numbers in arrays: 60!, 2^200, Fibonacci's 300th.
#include <stdio.h>
#include <string.h>

struct big { int n; unsigned limb[40]; };
static void multiply(struct big *b, unsigned by) {
  unsigned long carry = 0;
  for (int i = 0; i < b->n; i++) {
    carry += (unsigned long)b->limb[i] * by;
    b->limb[i] = carry % 1000000000;
    carry /= 1000000000;
  }
  if (carry) b->limb[b->n++] = carry;
}
static struct big add(struct big a, struct big b) {
  unsigned carry = 0;
  int n = a.n > b.n ? a.n : b.n;
  for (int i = 0; i < n; i++) {
    unsigned s = (i < a.n ? a.limb[i] : 0) + (i < b.n ? b.limb[i] : 0) + carry;
    carry = s >= 1000000000;
    a.limb[i] = carry ? s - 1000000000 : s;
  }
  a.n = n;
  if (carry) a.limb[a.n++] = 1;
  return a;
}
static void show(struct big b) {
  printf("%u", b.limb[b.n - 1]);
  for (int i = b.n - 2; i >= 0; i--) printf("%09u", b.limb[i]);
  printf("\n");
}

int main(void) {
  struct big f = {1, {1}};
  for (unsigned i = 2; i <= 60; i++) multiply(&f, i);
  show(f);
  struct big p = {1, {1}};
  for (int i = 0; i < 200; i++) multiply(&p, 2);
  show(p);
  struct big a = {1, {0}}, b = {1, {1}};
  for (int i = 0; i < 300; i++) {
    struct big c = add(a, b);
    a = b;
    b = c;
  }
  show(a);
  return 0;
}
