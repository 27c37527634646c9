// String literals: escapes, concatenation, prefixes, sizes.
#include <stdio.h>
#include <stddef.h>

static void bytes(const void *from, unsigned long size) {
  for (const unsigned char *p = from; size--; p++) printf("%02x", *p);
  printf(" ");
}

int main(void) {
  static const char all[] = "\a\b\f\n\r\t\v\\\'\"\?\0\1\12\123\x1\xfe\x7F" "A" "\e";
  bytes(all, sizeof all);
  printf("\n");
  printf("%zu %zu %zu\n", sizeof "", sizeof "abc", sizeof "a\0b");
  printf("%s\n", "one " "two "
                 "three");
  printf("%s\n", "line \
continued");
  bytes("\x41" "42", 4);
  bytes("\1011", 3);
  bytes(u8"é€", 6);
  bytes("\u00e9\u20ac\U0001f600", 10);
  printf("\n");
  static const wchar_t wide[] = L"aé\x1234€";
  printf("%zu %d %x %x %x\n", sizeof wide, wide[0], wide[1], wide[2], wide[3]);
  printf("%c %c %zu\n", "indexed"[2], 3["indexed"], sizeof("decay" + 1));
  printf("%.3s|%5s|%-5s|\n", "truncated", "ab", "cd");
  const char *p = "pointer";
  while (*p) putchar(*p++ - 32);
  putchar('\n');
  printf("%d %d %d %d\n", '\0', '\'', '"', '\\');
  printf("%d %d\n", 'ab', 'abcd');
  printf("%d %zu\n", L'é', sizeof L'a');
  printf("%%d \\n <::>\n");
  return 0;
}
