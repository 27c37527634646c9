// Character arrays that begin with strings, with and without room for the zero.
#include <stdio.h>
#include <string.h>

static char sized[10] = "hello", exact[5] = "hello", unsized[] = "hello", braced[] = {"braced"}, empty[4] = "";
static char table[3][4] = {"abc", "de", "f"};
static struct { int n; char text[6]; const char *pointer; } s = {1, "text", "pointer"};
static unsigned char bytes[] = "\0\1\2", parted[] = "ab" "cd";

int main(void) {
  char local[8] = "local", list[] = {'l', 'i', 's', 't', 0};
  printf("%zu %zu %zu %zu %zu\n", sizeof sized, sizeof exact, sizeof unsized, sizeof braced, sizeof empty);
  printf("%s %.5s %s %s [%s]\n", sized, exact, unsized, braced, empty);
  printf("%.4s %s %s %d\n", table[0], table[1], table[2], table[2][3]);
  printf("%s %s %zu\n", s.text, s.pointer, sizeof bytes);
  printf("%d %d %d %zu\n", bytes[1], bytes[2], bytes[3], sizeof parted);
  local[0] = 'v';
  unsized[1] = 'a';
  printf("%s %s %s %d\n", local, unsized, list, memcmp(local + 5, "\0\0", 3));
  return 0;
}
