/*
 * Loads and stores of every width at every alignment, signed and unsigned, also across page ends, and code
 * that is written and then run. RISC-V unprivileged ISA: loads and stores; fence.i.
 */
#include "expect.h"
#include <sys/mman.h>

#if defined(__riscv)
static const unsigned code[] = {0x02a00513, 0x00008067}; /* li a0, 42; ret */
#define PATCH 0x00700513u                                /* li a0, 7 */
#define CODE_CHANGED() __asm__ volatile(".4byte 0x100f" : : : "memory") /* fence.i */
#else
static const unsigned code[] = {0x00002ab8, 0x9090c300}; /* mov eax, 42; ret */
#define PATCH 0x000007b8u
#define CODE_CHANGED() __asm__ volatile("" : : : "memory")
#endif

struct __attribute__((packed)) odd16 { short value; };
struct __attribute__((packed)) odd32 { int value; };
struct __attribute__((packed)) odd64 { long value; };

int main(void) {
  unsigned char *area = mmap(NULL, 2 * PAGE, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  int wrong = 0;
  for (long at = PAGE - 16; at < PAGE + 16; at++) {
    volatile struct odd16 *half = (struct odd16 *)(area + at);
    volatile struct odd32 *word = (struct odd32 *)(area + at);
    volatile struct odd64 *wide = (struct odd64 *)(area + at);
    memset(area + PAGE - 32, 0xcc, 64);
    half->value = (short)0x8123;
    wrong += half->value != (short)0x8123 || area[at] != 0x23 || area[at + 1] != 0x81 || area[at + 2] != 0xcc;
    word->value = (int)0x89abcdef;
    wrong += word->value != (int)0x89abcdef || area[at + 3] != 0x89 || area[at + 4] != 0xcc;
    wide->value = (long)0xfedcba9876543210UL;
    wrong += wide->value != (long)0xfedcba9876543210UL || area[at + 7] != 0xfe || area[at + 8] != 0xcc;
    wrong += (unsigned long)(unsigned)word->value != 0x76543210UL || half->value != 0x3210;
  }
  number("wrong", wrong);
  volatile signed char small = -1;
  volatile unsigned char byte = 255;
  volatile short middle = -2;
  volatile int plain = -3;
  say("signs: %ld %ld %ld %ld\n", (long)small, (long)byte, (long)middle, (long)plain);

  memcpy(area, code, sizeof code);
  CODE_CHANGED();
  int (*volatile function)(void);
  memcpy((void *)&function, &area, sizeof area);
  int sum = 0;
  for (int i = 0; i < 2000; i++) sum += function();
  number("written code ran", sum);
  unsigned patch = PATCH;
  memcpy(area, &patch, 4);
  CODE_CHANGED();
  number("rewritten", function());
  pid_t child = fork();
  if (child == 0) {
    memcpy(area, code, sizeof code); /* its own copy of the page */
    CODE_CHANGED();
    _exit(function());
  }
  reap("the child's", child);
  number("the parent's", function());
  return 0;
}
