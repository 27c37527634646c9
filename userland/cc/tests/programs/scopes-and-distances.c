// flags: -fgnu89-inline
// Statements are blocks of their own; distances of labels in narrow tables; atomic nand; limits of stdint.h.
#include <stdint.h>
#include <stdio.h>

extern inline int odd(int i) { return i & 1; }
int use(int i) { return odd(i); }
int odd(int i) { return (i & 1) + 10; }

typedef int T;
static int scopes(void) {
  int n = 0;
  if (sizeof(enum { T }) == 0) n++;
  T x = 3;
  while (sizeof(struct s { char a[5]; }) == 5 && n < 2) n += sizeof(struct s { char a[2]; });
  for (; n < 10;) n += sizeof(struct s { char a[7]; });
  switch (sizeof(struct s { char a[3]; })) case 3: n += 100;
  do n += sizeof(struct s { char a; }); while (n < 112);
  return n + x;
}

__attribute__((noinline, noclone)) static int jump(unsigned at) {
  static const short table[] = {&&one - &&one, &&two - &&one, &&three - &&one};
  static const signed char bytes[] = {&&two - &&one};
  if (at == 3) return bytes[0] == table[1];
  goto *(&&one + table[at]);
one:
  return 1;
two:
  return 2;
three:
  return 3;
}

int main(void) {
  printf("%d %d\n", scopes(), use(3));
  for (unsigned i = 0; i < 4; i++) printf("%d ", jump(i));
  int a = 0xff;
  unsigned char b = 0x0f;
  long c = 5;
  printf("\n%x ", __atomic_fetch_nand(&a, 0xf0, __ATOMIC_SEQ_CST));
  printf("%x ", __atomic_nand_fetch(&b, 3, __ATOMIC_SEQ_CST));
  printf("%lx ", __sync_nand_and_fetch(&c, 4));
  printf("%x %x %lx\n", a, b, c);
  printf("%d %d %ld %lu\n", INT_LEAST8_MIN, INT_LEAST16_MAX, (long)INT_FAST16_MAX, (unsigned long)UINT_FAST64_MAX);
  printf("%d %d %u\n", SIG_ATOMIC_MAX, WCHAR_MIN, WINT_MAX);
  return 0;
}
