/*
 * The integer, character, string and pointer conversions of printf with flags, widths and precisions, and
 * what snprintf returns. printf(3).
 */
#include "expect.h"
#include <stddef.h>
#include <stdint.h>

static void line(const char *format, ...) {
  char small[8];
  va_list first, second;
  va_start(first, format);
  va_copy(second, first);
  int whole = vsnprintf(NULL, 0, format, first);
  int cut = vsnprintf(small, sizeof small, format, second);
  va_end(first);
  va_end(second);
  say("|%s| %d %d\n", small, whole, cut);
}

int main(void) {
  printf("%d %i %u %x %X %o %c %s %%\n", -5, 6, 7u, 0xabcu, 0xabcu, 8u, 'c', "text");
  printf("%5d|%-5d|%05d|%+d|% d|%+5d|%-+5d|\n", 42, 42, 42, 42, 42, 42, 42);
  printf("%5d|%-5d|%05d|%+d|% d|\n", -42, -42, -42, -42, -42);
  printf("%.3d|%8.3d|%-8.3d|%08d|%.0d|%.0d|\n", 7, 7, 7, 7, 0, 1);
  printf("%#x|%#X|%#o|%#x|%#o|%#10x|%#010x|%-#10x|\n", 255u, 255u, 8u, 0u, 0u, 255u, 255u, 255u);
  printf("%s|%10s|%-10s|%.2s|%10.2s|%-10.2s|%.0s|\n", "word", "word", "word", "word", "word", "word", "word");
  printf("%c|%5c|%-5c|\n", 'x', 'y', 'z');
  printf("%*d|%-*d|%.*s|%*.*d|\n", 6, 1, 6, 2, 3, "abcdef", 8, 4, 3);
  printf("%*d|%.*d|\n", -6, 1, -1, 5);
  printf("%ld %lu %lx %lld %llu\n", -9223372036854775807L - 1, 18446744073709551615UL, 0x123456789abcdefUL,
         9223372036854775807LL, 1ULL << 63);
  printf("%hd %hu %hhd %hhu %zu %zd %td %jd\n", (short)-3, (unsigned short)65535, (signed char)-1,
         (unsigned char)255, sizeof(int), (ssize_t)-4, (ptrdiff_t)5, (intmax_t)-6);
  printf("%d %d %u\n", 2147483647, -2147483647 - 1, 4294967295u);
  printf("%p %p\n", (void *)0x1000, (void *)0xdeadbeef);
  printf("%s%s%s\n", "", "a", "");
  puts("puts ends the line");
  putchar('p');
  putchar('\n');
  fprintf(stdout, "to a stream: %d\n", 1);
  int wrote = printf("counted\n");
  printf("%d\n", wrote);
  fflush(stdout);
  line("%s", "short");
  line("%s", "exactly7");
  line("%s and %d", "much longer", 12345);
  line("");
  char buffer[16];
  volatile size_t one = 1;
  sprintf(buffer, "%d-%d", 3, 4);
  say("%s\n", buffer);
  snprintf(buffer, one, "%d", 12345);
  number("cut to nothing", buffer[0]);
  printf("the last line is flushed by exit");
  return 0;
}
