// _Alignas, _Alignof and attributes.
#include <stdint.h>
#include <stdio.h>

static _Alignas(64) char buffer[3];
static _Alignas(long) char like_long;
struct s { char c; _Alignas(16) int i; char d; };
struct __attribute__((aligned(32))) t { int a; };
struct u { char c; int i __attribute__((aligned(8))); };
typedef int aligned_int __attribute__((aligned(16)));
static char pad;
static aligned_int typedefed;

static int offset(const void *p, int by) { return (uintptr_t)p % by; }

int main(void) {
  _Alignas(32) int local;
  char between;
  _Alignas(8) char eight[8];
  struct s s[2];
  struct t t;
  printf("%d %d %d %d\n", offset(buffer, 64), offset(&like_long, 8), offset(&typedefed, 16), pad);
  printf("%d %d %d %d\n", offset(&local, 32), offset(eight, 8), offset(&s[1].i, 16), offset(&t, 32));
  printf("%zu %zu %zu %zu %zu %zu\n", sizeof(struct s), _Alignof(struct s), sizeof(struct t), _Alignof(struct t), sizeof(struct u), _Alignof(struct u));
  printf("%zu %zu %zu %zu %zu %zu\n", _Alignof(char), _Alignof(short), _Alignof(int), _Alignof(long), _Alignof(void *), _Alignof(int[7]));
  printf("%zu %zu\n", __alignof__(s[0]), _Alignof(aligned_int));
  between = 1;
  return between - 1;
}
