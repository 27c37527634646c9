// Static objects of all shapes: mixed members, pointers between them, negative offsets, zeros, padding.
#include <stdio.h>
#include <string.h>

struct node { char tag; short n; struct node *other; const char *name; long big; unsigned char bytes[3]; };
static struct node second;
static struct node first = {'f', -1, &second, "first", 1l << 40, {1, 2, 3}};
static struct node second = {'s', 300, &first, &"xsecond"[1], -1, {255}};
static struct node *const list[] = {&first, &second, &second - 1 + 1, 0};
static struct node *inside = (struct node *)((char *)&first.n - 2);
static unsigned char *byte = &first.bytes[5] - 4;
static int matrix[2][2] = {{1}, {2, 3}}, *row = matrix[1], (*rows)[2] = &matrix[1];
static const int constants[] = {sizeof(struct node), 'a' + 1, -7 / 2, ~0, 1 ? 5 : 6, !0};
static char zero[10], text[10] = "t";
static const char *const names[2][2] = {{"a", "b"}, {"c"}};
static union { long l; char c[8]; } u = {.c = {1, [7] = 2}};
static void (*nothing)(void);

int main(void) {
  for (int i = 0; list[i]; i++) printf("%c %d %s %ld %d %s\n", list[i]->tag, list[i]->n, list[i]->name, list[i]->big, list[i]->bytes[0], list[i]->other->name);
  printf("%d %d %d %d %d\n", inside == &first, *byte, *row, (*rows)[1], nothing == 0);
  for (int i = 0; i < 6; i++) printf("%d ", constants[i]);
  printf("%d %s %zu %s %d %lx\n", zero[9], text, strlen(text), names[1][0], names[1][1] == 0, u.l);
  static const struct node *const local[] = {&first, &second};
  printf("%s\n", local[1]->name);
  return 0;
}
