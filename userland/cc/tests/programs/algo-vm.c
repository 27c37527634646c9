// A small stack machine with functions, compiled by hand.
#include <stdio.h>

enum op { PUSH, LOAD, ADD, SUB, MUL, LESS, JUMP_ZERO, JUMP, CALL, RETURN, PRINT, HALT };
struct code { enum op op; int argument; };
static const struct code program[] = {
    {PUSH, 0}, {CALL, 7}, {PRINT, 0}, {PUSH, 18}, {CALL, 7}, {PRINT, 0}, {HALT, 0},
    /* fib: */
    {LOAD, 0}, {PUSH, 2}, {LESS, 0}, {JUMP_ZERO, 13}, {LOAD, 0}, {RETURN, 0},
    {LOAD, 0}, {PUSH, 1}, {SUB, 0}, {CALL, 7}, {LOAD, 0}, {PUSH, 2}, {SUB, 0}, {CALL, 7}, {ADD, 0}, {RETURN, 0}};

static long run(void) {
  long stack[200], *top = stack - 0;
  int frames[100], depth = 0, bases[100];
  int base = 0;
  long steps = 0;
  for (int pc = 0;; steps++) {
    struct code c = program[pc++];
    switch (c.op) {
      case PUSH: *top++ = c.argument; break;
      case LOAD: *top++ = stack[base + c.argument]; break;
      case ADD: top--; top[-1] += *top; break;
      case SUB: top--; top[-1] -= *top; break;
      case MUL: top--; top[-1] *= *top; break;
      case LESS: top--; top[-1] = top[-1] < *top; break;
      case JUMP_ZERO: if (!*--top) pc = c.argument; break;
      case JUMP: pc = c.argument; break;
      case CALL:
        frames[depth] = pc;
        bases[depth++] = base;
        base = (int)(top - stack) - 1;
        pc = c.argument;
        break;
      case RETURN: {
        long value = top[-1];
        top = stack + base;
        *top++ = value;
        base = bases[--depth];
        pc = frames[depth];
        break;
      }
      case PRINT: printf("%ld\n", *--top); break;
      case HALT: return steps;
    }
  }
}

int main(void) {
  printf("%ld\n", run());
  return 0;
}
