// qsort (stable, as glibc's is), bsearch.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct pair {
  int key, place;
};
static int by_key(const void *left, const void *right) {
  return ((const struct pair *)left)->key - ((const struct pair *)right)->key;
}
static int by_byte(const void *left, const void *right) {
  return *(const unsigned char *)left - *(const unsigned char *)right;
}
static int by_text(const void *left, const void *right) {
  return strcmp(*(char *const *)left, *(char *const *)right);
}

int main(void) {
  static struct pair pairs[2000];
  for (int count = 0; count < 2000; count = count * 2 + 1) {
    srand((unsigned)count);
    for (int i = 0; i < count; i++) pairs[i] = (struct pair){rand() % 50, i};
    qsort(pairs, (size_t)count, sizeof *pairs, by_key);
    unsigned sum = 0;
    for (int i = 0; i < count; i++) sum = sum * 31 + (unsigned)pairs[i].key * 7 + (unsigned)pairs[i].place;
    printf("%d %u\n", count, sum);
  }
  char bytes[] = "the quick brown fox jumps over the lazy dog";
  qsort(bytes, sizeof bytes - 1, 1, by_byte);
  printf("%s\n", bytes);
  struct {
    char name[3];
  } odd[] = {{"cb"}, {"aa"}, {"bc"}, {"ab"}, {"ca"}};
  qsort(odd, 5, sizeof *odd, by_byte);
  for (int i = 0; i < 5; i++) printf("%s ", odd[i].name);
  const char *names[] = {"delta", "alpha", "charlie", "bravo", "echo"};
  qsort(names, 5, sizeof *names, by_text);
  for (int i = 0; i < 5; i++) printf("%s ", names[i]);
  const char *wanted = "charlie", *missing = "zulu";
  const char **found = bsearch(&wanted, names, 5, sizeof *names, by_text);
  printf("%td %d\n", found - names, bsearch(&missing, names, 5, sizeof *names, by_text) == 0);
  return 0;
}
