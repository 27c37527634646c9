// String functions as one writes them: reverse, palindromes, numbers, words, comparison.
#include <stdio.h>
#include <string.h>

static char *reverse(char *s) {
  for (char *a = s, *b = s + strlen(s); a < b--; a++) {
    char t = *a;
    *a = *b;
    *b = t;
  }
  return s;
}
static int palindrome(const char *s) {
  const char *e = s + strlen(s) - 1;
  while (s < e)
    if (*s++ != *e--) return 0;
  return 1;
}
static long parse(const char *s) {
  long v = 0;
  int negative = *s == '-';
  if (negative || *s == '+') s++;
  for (; *s >= '0' && *s <= '9'; s++) v = 10 * v - (*s - '0');
  return negative ? v : -v;
}
static char *format(long v, char *end, unsigned base) {
  unsigned long u = v < 0 ? -(unsigned long)v : v;
  *end = 0;
  do *--end = "0123456789abcdefghijklmnopqrstuvwxyz"[u % base];
  while (u /= base);
  if (v < 0) *--end = '-';
  return end;
}
static int words(const char *s) {
  int n = 0, in = 0;
  for (; *s; s++)
    if (*s == ' ') in = 0;
    else if (!in) n++, in = 1;
  return n;
}
static const char *roman(int n) {
  static char text[20];
  static const struct { int value; char text[3]; } digits[] = {
      {1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}};
  *text = 0;
  for (unsigned i = 0; i < sizeof digits / sizeof *digits; i++)
    for (; n >= digits[i].value; n -= digits[i].value) strcat(text, digits[i].text);
  return text;
}

int main(void) {
  char s[] = "stressed", b[70];
  printf("%s %d %d\n", reverse(s), palindrome("racecar"), palindrome("abca"));
  printf("%ld %ld %ld\n", parse("-123"), parse("+99"), parse("-9223372036854775808"));
  printf("%s %s", format(-9223372036854775807 - 1, b + 69, 10), format(0, b + 10, 2));
  printf(" %s\n", format(255, b + 69, 2));
  printf("%d %d\n", words("  three little words "), words(""));
  printf("%s ", roman(1994));
  printf("%s\n", roman(3888));
  return 0;
}
