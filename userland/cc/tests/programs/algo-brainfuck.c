// An interpreter in an interpreter.
#include <stdio.h>

static unsigned char tape[300];
static void run(const char *p) {
  unsigned char *cell = tape;
  for (; *p; p++) {
    int depth = 0;
    switch (*p) {
      case '>': cell++; break;
      case '<': cell--; break;
      case '+': ++*cell; break;
      case '-': --*cell; break;
      case '.': putchar(*cell); break;
      case '[':
        if (*cell) break;
        do {
          if (*p == '[') depth++;
          if (*p == ']') depth--;
        } while (depth && *p++);
        break;
      case ']':
        if (!*cell) break;
        do {
          if (*p == ']') depth++;
          if (*p == '[') depth--;
        } while (depth && p--);
        break;
    }
  }
}

int main(void) {
  run("++++++++[>++++[>++>+++>+++>+<<<<-]>+>+>->>+[<]<-]>>.>---.+++++++..+++.>>.<-.<.+++.------.--------.>>+.>++.");
  return 0;
}
