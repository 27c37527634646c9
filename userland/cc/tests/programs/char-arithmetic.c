// Characters as numbers.
#include <stdio.h>

static char upper(char c) { return c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c; }
static char rot13(char c) {
  if (c >= 'a' && c <= 'z') return (c - 'a' + 13) % 26 + 'a';
  if (c >= 'A' && c <= 'Z') return (c - 'A' + 13) % 26 + 'A';
  return c;
}

int main(void) {
  char text[] = "Hello, World";
  for (char *p = text; *p; p++) *p = rot13(*p);
  printf("%s ", text);
  for (char *p = text; *p; p++) *p = upper(rot13(*p));
  printf("%s\n", text);
  int counts[26] = {0};
  for (const char *p = "the quick brown fox jumps over the lazy dog"; *p; p++)
    if (*p != ' ') counts[*p - 'a']++;
  for (char c = 'a'; c <= 'z'; c++) printf("%d", counts[c - 'a']);
  char high = 'z' + 10;
  signed char shigh = 'z' + 10;
  printf(" %d %d %c\n", high, shigh, "0123456789abcdef"[high & 15]);
  return 0;
}
