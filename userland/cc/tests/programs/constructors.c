// Constructors run before main, the lowest priority first; destructors behind it, the other way round; retained and aligned
// functions, naked ones, bytes that are no UTF-8 in literals.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static int order[8], count;
__attribute__((constructor)) static void plain(void) { order[count++] = 1; }
__attribute__((constructor(300))) static void later(void) { order[count++] = 2; }
__attribute__((constructor(200))) static void earlier(void) { order[count++] = 3; }
__attribute__((constructor)) static void second(int argc, char **argv) { order[count++] = argc + (argv[0] != 0) * 10; }
__attribute__((destructor)) static void end(void) { puts("end"); }
__attribute__((destructor(200))) static void last(void) { puts("last"); }
__attribute__((destructor(300))) static void before(void) { puts("before"); }
static void at_exit(void) { puts("atexit"); }

void aligned(void) __attribute__((aligned(64)));
void aligned(void) {}
__attribute__((aligned(32))) static int other(void) { return 1; }
__attribute__((naked)) int five(int a) { __asm__("addi a0, a0, 5\n ret"); }
__attribute__((retain, used)) static int kept = 3;

static const unsigned char bytes[] = "\0\377", raw[] = "\0яд";
int main(void) {
  for (int i = 0; i < count; i++) printf("%d ", order[i]);
  puts("");
  atexit(at_exit);
  int (*volatile call)(void) = other;
  printf("%zu %d %d %d\n", __alignof__(aligned), (int)((uintptr_t)aligned & 63), (int)((uintptr_t)call & 31), call());
  printf("%d %d\n", five(37), kept);
  printf("%zu %zu %d %d\n", sizeof bytes, sizeof raw, raw[1], raw[2]);
  printf("%d\n", 'я' == (char)0xff || 'я' == -1);
  return 0;
}
