// Bit-fields wider than an int are computed with in their own width, as gcc does it.
#include <stdio.h>

struct s {
  unsigned long long u33 : 33;
  unsigned long long u40 : 40;
  unsigned long u41 : 41;
  long long s33 : 33;
  long s50 : 50;
  unsigned long long u64 : 64;
};

static struct s a = {0x100000, 0x100000, 0x100000, -5, -7, ~0ull};
static struct s b = {0x100000000ull, 0x100000000ull, 0x100000000ull, -0x100000000ll, 0x1ffffffffffff, 1};
#define SHOW(e) printf("%-22s %llx %zu\n", #e, (unsigned long long)(e), sizeof(e + 0))

static void arithmetic(void) {
  SHOW(a.u33 * a.u33);
  SHOW(a.u33 * a.u41);
  SHOW(a.u40 * a.u40);
  SHOW(b.u33 + b.u33);
  SHOW(b.u33 + b.u40);
  SHOW(a.u33 - b.u40);
  SHOW(a.u40 - b.u33 - 1);
  SHOW(-a.u33);
  SHOW(~b.u41);
  SHOW(+b.s33);
  SHOW(-b.s33);
  SHOW(b.s50 + b.s50);
  SHOW(a.u40 << 30);
  SHOW((b.u40 << 8) + (b.u40 >> 32));
  SHOW(b.s33 << 1);
  SHOW(a.s33 >> 1);
  SHOW(a.u33 / -1);
  SHOW(-3 % a.u40);
  SHOW(a.u64 + 1);
  SHOW(a.u33 + 1L);
  SHOW(a.s33 + a.u33);
  SHOW(a.s50 * a.u41);
  SHOW(a.u40 ? a.u40 - 0x100001 : 0);
}

static void assignments(void) {
  struct s c = {0x1ffffffffull, 0, 0, -1, 0, 0};
  printf("%llx %llx %llx\n", (unsigned long long)++c.u33, (unsigned long long)--c.u40, (unsigned long long)c.u41--);
  c.u33 -= 1;
  c.u40 *= c.u40;
  c.u41 <<= 20;
  c.s33 += c.u40;
  printf("%llx %llx %llx %llx\n", (unsigned long long)c.u33, (unsigned long long)c.u40, (unsigned long long)c.u41, (unsigned long long)c.s33);
  int i = -7;
  i /= a.u40;
  int j = -1;
  j %= a.u33;
  _Bool t = 1;
  c.u40 = 0xffffffffffull;
  t += c.u40;
  printf("%d %d %d\n", i, j, t);
  long long l = (c.u33 = -1) + 1;
  printf("%llx\n", l);
}

static void comparisons(void) {
  printf("%d %d %d %d\n", a.u40 - 0x100001 > 0, a.u33 == -1, b.s33 < 0u, a.u40 - b.u40 > a.u41);
  switch (b.u33 << 1) {
    case 0: puts("none"); break;
    default: puts("some");
  }
  struct s d = {-1, -1, -1, -1, -1, -1};
  printf("%d %d %d\n", d.u40 == -1, d.u40 + 1 == 0, d.u41 + d.u40 == -2);
  printf("%lx %lx %lx\n", (long)d.u40, (long)d.s50, (long)d.u33);
}

int main(void) {
  arithmetic();
  assignments();
  comparisons();
  return 0;
}
