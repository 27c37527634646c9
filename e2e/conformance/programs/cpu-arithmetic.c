/*
 * Division by zero and its overflow give RISC-V's values without a trap; high products, shifts and
 * sign extension as the ISA says. RISC-V unprivileged ISA, "M" extension.
 */
/* arch-dependent: division by zero and overflow trap on other machines */
#include "expect.h"

#if defined(__riscv)
#define OP(name, a, b) \
  ({ \
    long result_; \
    __asm__(#name " %0, %1, %2" : "=r"(result_) : "r"(a), "r"(b)); \
    result_; \
  })
#else
#define OP(name, a, b) ((a) ^ (b))
#endif

static const long values[] = {0, 1, -1, 2, -7, 12345678901L, (long)0x8000000000000000UL, 0x7fffffffffffffffL,
                              0x80000000L, 0x7fffffffL, -0x80000000L};
#define COUNT ((int)(sizeof values / sizeof *values))

#define TABLE(name) \
  do { \
    unsigned long sum = 0; \
    for (int i = 0; i < COUNT; i++) \
      for (int k = 0; k < COUNT; k++) sum = sum * 31 + (unsigned long)OP(name, values[i], values[k]); \
    say("%-6s 7/0 %lx, -1*-1 %lx, min/-1 %lx, all %lx\n", #name, OP(name, 7L, 0L), OP(name, -1L, -1L), \
        OP(name, values[6], -1L), sum); \
  } while (0)

int main(void) {
  TABLE(div);
  TABLE(divu);
  TABLE(rem);
  TABLE(remu);
  TABLE(divw);
  TABLE(divuw);
  TABLE(remw);
  TABLE(remuw);
  TABLE(mul);
  TABLE(mulh);
  TABLE(mulhu);
  TABLE(mulhsu);
  TABLE(mulw);
  TABLE(add);
  TABLE(addw);
  TABLE(sub);
  TABLE(subw);
  TABLE(sll);
  TABLE(srl);
  TABLE(sra);
  TABLE(sllw);
  TABLE(srlw);
  TABLE(sraw);
  TABLE(slt);
  TABLE(sltu);
  return 0;
}
