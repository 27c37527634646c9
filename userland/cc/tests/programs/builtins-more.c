// Builtins of rarer use: jumps, classes of types, bits like the sign's, and casts to unions.
// flags: -std=gnu11 -fhosted
#include <stdio.h>

static void *buffer[5];
static int depth;
__attribute__((noinline)) static void deep(int n) {
  volatile int here = n;
  if (n == 0) __builtin_longjmp(buffer, 1);
  deep(n - 1);
  depth += here;
}
static int jumps(void) {
  volatile int before = 3;
  int kept[3] = {1, 2, 3};
  if (__builtin_setjmp(buffer) == 0) {
    before = 4;
    deep(5);
    return -1;
  }
  return before * 10 + kept[1] + depth;
}
__attribute__((noinline)) static void back(void) { __builtin_longjmp(buffer, 1); }
static int again(void) {
  volatile int turns = 0;
  if (__builtin_setjmp(buffer) && turns >= 3) return turns;
  turns++;
  back();
  return -1;
}

enum e { A };
union u { char c; long l; int *p; short s[3]; };
struct s { int a; };
static long take(union u u) { return u.l; }
void *alloca(unsigned long);
static int own(int n) {
  char *room = alloca(n);
  for (int i = 0; i < n; i++) room[i] = i;
  return room[n - 1];
}

int main(void) {
  printf("%d %d\n", jumps(), again());
  struct s s = {0};
  union u u = {0};
  int a[3];
  printf("%d %d %d %d %d %d %d\n", __builtin_classify_type(1), __builtin_classify_type((char)1), __builtin_classify_type(a),
         __builtin_classify_type(s), __builtin_classify_type(u), __builtin_classify_type(main), __builtin_classify_type(A));
  volatile int v[] = {0, 1, -1, -2, 0x7fffffff, (int)0x80000000, 0xffff, -65536};
  for (int i = 0; i < 8; i++) printf("%d %d ", __builtin_clrsb(v[i]), __builtin_clrsbl(v[i]));
  printf("\n%d %d %d %d\n", __builtin_clrsb(0), __builtin_clrsb(-1), __builtin_clrsbll(1), __builtin_clrsb(-256));
  printf("%ld %ld %d\n", take((union u)77L), ((union u)(a + 1)).p - a, ((union u)(char)9).c);
  printf("%d %d\n", own(20), __builtin_return_address(0) != 0);
  printf("%d\n", (int)__builtin_imaxabs(-5));
  return 0;
}
