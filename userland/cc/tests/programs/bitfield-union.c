// A union of bit-fields and of the whole.
#include <stdio.h>

union word {
  unsigned whole;
  struct {
    unsigned low : 8, middle : 16, high : 8;
  };
  struct {
    unsigned opcode : 7, rd : 5, funct3 : 3, rs1 : 5, rs2 : 5, funct7 : 7;
  } r;
};

int main(void) {
  union word w = {0x00c58533};
  printf("%x %x %x\n", w.low, w.middle, w.high);
  printf("%x x%d %d x%d x%d %d\n", w.r.opcode, w.r.rd, w.r.funct3, w.r.rs1, w.r.rs2, w.r.funct7);
  w.r.rd = 31;
  w.r.funct7 = 32;
  printf("%08x\n", w.whole);
  w.middle = 0xffff;
  printf("%08x\n", w.whole);
  return 0;
}
