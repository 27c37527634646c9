/*
 * The string and memory functions at their edges. string(3), memmove(3).
 */
#include "expect.h"

static int sign(int value) { return (value > 0) - (value < 0); }

int main(void) {
  char area[64], copy[64];
  for (int i = 0; i < 64; i++) area[i] = copy[i] = (char)i;
  /* Overlapping moves of every length and distance agree with a plain loop. */
  int wrong = 0;
  for (int length = 0; length <= 24; length++)
    for (int from = 0; from < 16; from++)
      for (int to = 0; to < 16; to++) {
        char expected[64];
        memcpy(area, copy, 64);
        memcpy(expected, copy, 64);
        for (int i = 0; i < length; i++) expected[to + i] = copy[from + i];
        memmove(area + to, area + from, (size_t)length);
        wrong += memcmp(area, expected, 64) != 0;
      }
  number("moves that went wrong", wrong);
  wrong = 0;
  for (int length = 0; length <= 40; length++)
    for (int at = 0; at < 9; at++) {
      memcpy(area, copy, 64);
      memset(area + at, 0xee, (size_t)length);
      for (int i = 0; i < 64; i++) wrong += area[i] != (i >= at && i < at + length ? (char)0xee : copy[i]);
    }
  number("fills that went wrong", wrong);

  say("strlen %zu %zu, strnlen %zu\n", strlen(""), strlen("four"), strnlen("four", 2));
  say("strcmp %d %d %d %d\n", sign(strcmp("a", "b")), sign(strcmp("b", "a")), strcmp("same", "same"),
      sign(strcmp("", "x")));
  say("bytes are unsigned: %d %d\n", sign(strcmp("\x80", "\x7f")), sign(memcmp("\xff", "\x01", 1)));
  say("strncmp %d %d %d\n", strncmp("abcX", "abcY", 3), sign(strncmp("abcX", "abcY", 4)), strncmp("a", "b", 0));
  const char *text = "a/b/c";
  say("strchr %ld, strrchr %ld, of the end %ld, missing %d\n", (long)(strchr(text, '/') - text),
      (long)(strrchr(text, '/') - text), (long)(strchr(text, 0) - text), strchr(text, 'z') == NULL);
  say("strstr %ld %ld %d\n", (long)strlen(strstr("banana", "an")), (long)strlen(strstr("banana", "nana")),
      strstr("banana", "nab") == NULL);
  char buffer[16];
  memset(buffer, '#', sizeof buffer);
  strncpy(buffer, "abc", 6);
  say("strncpy pads: %d %d %d %c\n", buffer[3], buffer[4], buffer[5], buffer[6]);
  strcpy(buffer, "one");
  strcat(buffer, "two");
  strncat(buffer, "three", 2);
  say("strcat %s\n", buffer);
  say("strspn %zu, strcspn %zu\n", strspn("aabbc", "ab"), strcspn("aabbc", "c"));
  say("memchr %d\n", memchr("abc", 'c', 2) == NULL);
  char words[] = "  one two,three ";
  for (char *word = strtok(words, " ,"); word; word = strtok(NULL, " ,")) say("token %s\n", word);
  char *twice = strdup("copied");
  say("%s\n", twice);
  return 0;
}
