// Assembly outside functions, and names that the program gives its symbols.
#include <stdio.h>

__asm__(
    "  .text\n"
    "  .globl asm_triple\n"
    "asm_triple:\n"
    "  slliw t0, a0, 1\n"
    "  addw a0, a0, t0\n"
    "  ret\n"
    "  .section .rodata\n"
    "  .balign 8\n"
    "asm_table:\n"
    "  .dword 11, 22, 33\n"
    "  .string \"text\"\n"
    "  .text\n");
int asm_triple(int);
extern const long asm_table[3];
int renamed(int) __asm__("asm_triple");
static int own_name(int) __asm__("its_own_name");
static int own_name(int x) { return x + 1; }
int variable __asm__("other_variable") = 12;
extern int other_variable;

int main(void) {
  printf("%d %d %ld %s\n", asm_triple(14), renamed(-5), asm_table[1], (const char *)(asm_table + 3));
  printf("%d %d\n", own_name(1), other_variable);
  return 0;
}
