// String literals cannot be told apart by content, but they are there.
#include <stdio.h>
#include <string.h>

static const char *color(int i) {
  static const char *const colors[] = {"red", "green", "blue", "dark" "red"};
  return colors[i];
}
static int score(const char *word) {
  return !strcmp(word, "red") ? 1 : !strcmp(word, "green") ? 2 : !strcmp(word, "darkred") ? 3 : 0;
}

int main(void) {
  for (int i = 0; i < 4; i++) printf("%s %d %zu\n", color(i), score(color(i)), strlen(color(i)));
  char copy[] = "red", *pointer = copy;
  pointer[0] = 'b';
  printf("%s %s\n", copy, color(0));
  printf("%s\n", &"a long text with a tail"[17]);
  printf("%s\n", 5 + "01234five");
  return 0;
}
