// What printf makes of all widths: a test of the calling convention as much as of printf.
#include <stdio.h>

int main(void) {
  printf("%hhd %hd %d %ld %lld %zd\n", (signed char)-1, (short)-2, -3, -4l, -5ll, (long)-6);
  printf("%hhu %hu %u %lu %llu %zu\n", (unsigned char)255, (unsigned short)65535, 4294967295u, 18446744073709551615ul, 7ull, sizeof 1);
  printf("%x %X %#x %o %#o %c %s %%\n", 255, 255, 255, 8, 8, 'c', "s");
  printf("[%5d] [%-5d] [%05d] [%+d] [% d] [%.3d] [%8.3d]\n", 42, 42, 42, 42, 42, 42, 42);
  printf("[%*d] [%-*d] [%.*s] [%10.2s]\n", 6, 1, 6, 2, 2, "abc", "xyz");
  char text[32];
  int n = snprintf(text, 6, "%s", "truncated");
  printf("%d %s\n", n, text);
  printf("%d\n", sprintf(text, "%d-%d", 1, 2));
  return 0;
}
