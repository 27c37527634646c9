// Lists and trees of structures that point to their like.
#include <stdio.h>
#include <stdlib.h>

struct node { int value; struct node *left, *right; };
static struct node *insert(struct node *at, int value) {
  if (!at) {
    at = calloc(1, sizeof *at);
    at->value = value;
  } else if (value < at->value)
    at->left = insert(at->left, value);
  else
    at->right = insert(at->right, value);
  return at;
}
static int depth(const struct node *at) {
  if (!at) return 0;
  int l = depth(at->left), r = depth(at->right);
  return 1 + (l > r ? l : r);
}
static void walk(const struct node *at) {
  if (!at) return;
  walk(at->left);
  printf("%d ", at->value);
  walk(at->right);
}
typedef struct list list;
struct list { list *next; int n; };

int main(void) {
  struct node *root = 0;
  unsigned seed = 1;
  for (int i = 0; i < 50; i++) {
    seed = seed * 1103515245 + 12345;
    root = insert(root, seed >> 16 & 0x3ff);
  }
  walk(root);
  printf("\n%d\n", depth(root));
  list c = {0, 3}, b = {&c, 2}, a = {&b, 1};
  for (list *p = &a; p; p = p->next) printf("%d ", p->n);
  printf("%d\n", a.next->next->n);
  list *reversed = 0;
  for (list *p = &a, *next; p; p = next) {
    next = p->next;
    p->next = reversed;
    reversed = p;
  }
  for (list *p = reversed; p; p = p->next) printf("%d ", p->n);
  printf("\n");
  return 0;
}
