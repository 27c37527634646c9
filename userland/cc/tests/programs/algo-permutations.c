// All permutations, by swapping and in order.
#include <stdio.h>
#include <string.h>

static int count;
static unsigned checksum;
static void swap(char *a, char *b) {
  char t = *a;
  *a = *b;
  *b = t;
}
static void permute(char *s, int from, int n) {
  if (from == n) {
    count++;
    for (int i = 0; i < n; i++) checksum = checksum * 31 + s[i];
    return;
  }
  for (int i = from; i < n; i++) {
    swap(s + from, s + i);
    permute(s, from + 1, n);
    swap(s + from, s + i);
  }
}
static int next(char *s, int n) {
  int i = n - 2, j = n - 1;
  while (i >= 0 && s[i] >= s[i + 1]) i--;
  if (i < 0) return 0;
  while (s[j] <= s[i]) j--;
  swap(s + i, s + j);
  for (i++, j = n - 1; i < j; i++, j--) swap(s + i, s + j);
  return 1;
}

int main(void) {
  char text[] = "abcdef";
  permute(text, 0, 6);
  printf("%d %u %s\n", count, checksum, text);
  char word[] = "aabc";
  do printf("%s ", word);
  while (next(word, 4));
  printf("\n");
  return 0;
}
