// string.h, with every alignment and overlap of the block functions checked against byte loops.
#define _GNU_SOURCE
#include <ctype.h>
#include <errno.h>
#include <libgen.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#undef basename
#include <string.h>
#include <strings.h>

static int sign(int value) { return (value > 0) - (value < 0); }

static unsigned char block[600], model[600];

static void fill(void) {
  for (int i = 0; i < 600; i++) block[i] = model[i] = (unsigned char)(i * 7 + i / 256);
}

static int blocks(void) {
  for (int to = 0; to < 17; to++)
    for (int from = 0; from < 17; from++)
      for (int size = 0; size < 150; size += size < 40 ? 1 : 13) {
        fill();
        memcpy(block + to, block + 300 + from, (size_t)size);
        for (int i = 0; i < size; i++) model[to + i] = model[300 + from + i];
        if (memcmp(block, model, 600)) return printf("memcpy %d %d %d\n", to, from, size);
        fill();
        memmove(block + 100 + to, block + 100 + from, (size_t)size);
        unsigned char copy[150];
        for (int i = 0; i < size; i++) copy[i] = model[100 + from + i];
        for (int i = 0; i < size; i++) model[100 + to + i] = copy[i];
        if (memcmp(block, model, 600)) return printf("memmove %d %d %d\n", to, from, size);
        fill();
        memset(block + to, from, (size_t)size);
        for (int i = 0; i < size; i++) model[to + i] = (unsigned char)from;
        if (memcmp(block, model, 600)) return printf("memset %d %d %d\n", to, from, size);
      }
  return 0;
}

int main(void) {
  if (blocks()) return 1;
  static const char *const words[] = {"", "a", "ab", "abc", "abcabd", "b", "Abc", "ABCABD", "\x80z", "abcdefghijklmnopqrstuvwxyz"};
  int count = sizeof words / sizeof *words;
  for (int i = 0; i < count; i++)
    for (int j = 0; j < count; j++) {
      const char *a = words[i], *b = words[j];
      const char *found = strstr(a, b), *set = strpbrk(a, b), *fold = strcasestr(a, b);
      printf("%d%d: %d %d %d %d %d ", i, j, sign(strcmp(a, b)), sign(strncmp(a, b, 2)), sign(strcasecmp(a, b)),
             sign(strncasecmp(a, b, 3)), sign(memcmp(a, b, 1)));
      printf("%zu %zu %td %td %td\n", strspn(a, b), strcspn(a, b), found ? found - a : -1, set ? set - a : -1,
             fold ? fold - a : -1);
    }
  char buffer[64] = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
  strncpy(buffer, "abc", 6);
  printf("%s %d %d\n", buffer, buffer[5], buffer[6]);
  strcpy(buffer, "head");
  strcat(buffer, "-tail");
  strncat(buffer, "-more", 3);
  printf("%s %zu %zu\n", buffer, strlen(buffer), strnlen(buffer, 4));
  printf("%s %s %s\n", strchr(buffer, '-'), strrchr(buffer, '-'), strchrnul(buffer, 'Q') == buffer + strlen(buffer) ? "end" : "?");
  printf("%d %d\n", strchr(buffer, 'Q') == 0, strchr(buffer, 0) == buffer + strlen(buffer));
  printf("%s %s\n", (char *)memchr(buffer, 't', 20), (char *)memrchr(buffer, 'a', strlen(buffer)));
  printf("%s\n", (char *)memmem("one two three", 13, "two", 3));
  *(char *)mempcpy(buffer, "12345", 5) = 0;
  printf("%s ", buffer);
  *stpcpy(buffer, "678") = '!';
  printf("%s\n", buffer);
  char list[] = ",,one, two,,three,", *rest = list, *token;
  for (token = strtok(list, ", "); token; token = strtok(0, ", ")) printf("<%s>", token);
  char fields[] = "a::b:";
  rest = fields;
  while ((token = strsep(&rest, ":"))) printf("[%s]", token);
  printf("\n");
  char *copy = strndup("duplicate", 4), *whole = strdup("whole");
  printf("%s %s\n", copy, whole);
  free(copy);
  free(whole);
  for (int e = -1; e < 136; e++) printf("%d %s\n", e, strerror(e));
  for (int s = 1; s < 32; s++) printf("%d %s\n", s, strsignal(s));
  for (int c = -1; c < 256; c++)
    printf("%d%d%d%d%d%d%d%d%d%d%d%d%d ", !!isalnum(c), !!isalpha(c), !!isblank(c), !!iscntrl(c), !!isdigit(c), !!isgraph(c),
           !!islower(c), !!isprint(c), !!ispunct(c), !!isspace(c), !!isupper(c), !!isxdigit(c), c < 0 ? 0 : tolower(c) + toupper(c));
  static const char *const paths[] = {"", "/", "a", "/a", "a/", "/a/b", "a/b/", "//a//b//", "."};
  for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
    char one[32];
    strcpy(one, paths[i]);
    printf("\n%s: %s", paths[i], dirname(one));
  }
  printf("\n%d %d %d\n", ffs(0), ffs(8), ffs(-2147483647 - 1));
  return 0;
}
