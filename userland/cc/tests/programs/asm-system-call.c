// Inline assembly that enters the kernel, with register variables.
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>

static long call3(long number, long a, long b, long c) {
  register long a7 __asm__("a7") = number;
  register long a0 __asm__("a0") = a;
  register long a1 __asm__("a1") = b;
  register long a2 __asm__("a2") = c;
  __asm__ volatile("ecall" : "+r"(a0) : "r"(a1), "r"(a2), "r"(a7) : "memory");
  return a0;
}

int main(void) {
  static const char text[] = "written by ecall\n";
  fflush(stdout);
  long n = call3(SYS_write, 1, (long)text, strlen(text));
  printf("%ld\n", n);
  fflush(stdout);
  printf("%ld\n", call3(SYS_write, -1, (long)text, 1));
  for (int i = 0; i < 3; i++) {
    char digit[2] = {'0' + i, '\n'};
    call3(SYS_write, 1, (long)digit, 2);
  }
  return 0;
}
