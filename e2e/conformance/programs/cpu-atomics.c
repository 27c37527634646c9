/*
 * The atomic operations, 32 and 64 bits wide, return the old value and wrap; four processes lose no
 * update. RISC-V unprivileged ISA, "A" extension.
 */
#include "expect.h"
#include <sys/mman.h>

struct common {
  unsigned word;
  unsigned long wide;
  unsigned bits;
};

int main(void) {
  unsigned word = 0xfffffffe;
  unsigned long wide = ~0UL - 1;
  int narrow = -5;
  unsigned old = __atomic_fetch_add(&word, 5, __ATOMIC_SEQ_CST);
  say("add %x -> %x\n", old, word);
  unsigned long wide_old = __atomic_fetch_add(&wide, 5, __ATOMIC_SEQ_CST);
  say("wide add %lx -> %lx\n", wide_old, wide);
  old = __atomic_fetch_and(&word, 0xfe, __ATOMIC_SEQ_CST);
  say("and %x -> %x\n", old, word);
  old = __atomic_fetch_or(&word, 0x80000000u, __ATOMIC_SEQ_CST);
  say("or %x -> %x\n", old, word);
  old = __atomic_fetch_xor(&word, 0xffffffffu, __ATOMIC_SEQ_CST);
  say("xor %x -> %x\n", old, word);
  int narrow_old = __atomic_exchange_n(&narrow, 9, __ATOMIC_SEQ_CST);
  say("exchange %d -> %d, as long %ld\n", narrow_old, narrow, (long)narrow_old);
  long expected = 1;
  long cell = 7;
  int did = __atomic_compare_exchange_n(&cell, &expected, 100, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
  say("compare %d, found %ld, cell %ld\n", did, expected, cell);
  did = __atomic_compare_exchange_n(&cell, &expected, 100, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
  say("compare %d, found %ld, cell %ld\n", did, expected, cell);
  int signed_expected = -1, signed_cell = -1;
  did = __atomic_compare_exchange_n(&signed_cell, &signed_expected, -2, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
  say("negative compare %d, cell %d\n", did, signed_cell);

  struct common *common = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  for (int c = 0; c < 4; c++)
    if (fork() == 0) {
      for (int i = 0; i < 5000; i++) {
        __atomic_fetch_add(&common->word, 1, __ATOMIC_SEQ_CST);
        unsigned long seen = common->wide;
        while (!__atomic_compare_exchange_n(&common->wide, &seen, seen + 3, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)) continue;
        __atomic_fetch_xor(&common->bits, 1u << c, __ATOMIC_SEQ_CST);
      }
      _exit(0);
    }
  while (wait(NULL) > 0) continue;
  say("counted %u, by compare %lu, bits %x\n", common->word, common->wide, common->bits);
  return 0;
}
