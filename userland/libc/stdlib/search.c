/* lsearch(3), insque(3), tsearch(3). A tree's node begins with the pointer to its key, which is what callers see of it. */
#include <search.h>
#include <stdlib.h>
#include <string.h>

void *lfind(const void *key, const void *base, size_t *count, size_t size, int (*compare)(const void *, const void *)) {
  const char *at = base;
  for (size_t i = 0; i < *count; i++, at += size)
    if (compare(key, at) == 0) return (void *)at;
  return 0;
}

void *lsearch(const void *key, void *base, size_t *count, size_t size, int (*compare)(const void *, const void *)) {
  void *found = lfind(key, base, count, size, compare);
  return found ? found : memcpy((char *)base + size * (*count)++, key, size);
}

struct link {
  struct link *next, *back;
};

void insque(void *element, void *before) {
  struct link *e = element, *b = before;
  e->back = b;
  e->next = b ? b->next : 0;
  if (!b) return;
  if (b->next) b->next->back = e;
  b->next = e;
}

void remque(void *element) {
  struct link *e = element;
  if (e->next) e->next->back = e->back;
  if (e->back) e->back->next = e->next;
}

struct node {
  const void *key;
  struct node *left, *right;
};

/* The place where the node with the key is, or would be. */
static struct node **place(const void *key, void **root, int (*compare)(const void *, const void *)) {
  struct node **at = (struct node **)root;
  while (*at) {
    int order = compare(key, (*at)->key);
    if (order == 0) break;
    at = order < 0 ? &(*at)->left : &(*at)->right;
  }
  return at;
}

void *tfind(const void *key, void *const *root, int (*compare)(const void *, const void *)) {
  return root ? *place(key, (void **)root, compare) : 0;
}

void *tsearch(const void *key, void **root, int (*compare)(const void *, const void *)) {
  if (!root) return 0;
  struct node **at = place(key, root, compare);
  if (!*at && (*at = calloc(1, sizeof **at))) (*at)->key = key;
  return *at;
}

void *tdelete(const void *restrict key, void **restrict root, int (*compare)(const void *, const void *)) {
  if (!root || !*root) return 0;
  struct node **at = (struct node **)root, *parent = *at, *gone;
  while (*at) {
    int order = compare(key, (*at)->key);
    if (order == 0) break;
    parent = *at;
    at = order < 0 ? &(*at)->left : &(*at)->right;
  }
  if (!(gone = *at)) return 0;
  if (gone->left && gone->right) {
    /* The least of the greater ones takes its place. */
    struct node **next = &gone->right;
    while ((*next)->left) next = &(*next)->left;
    struct node *taken = *next;
    *next = taken->right;
    taken->left = gone->left;
    taken->right = gone->right;
    *at = taken;
  } else *at = gone->left ? gone->left : gone->right;
  free(gone);
  return parent;
}

static void walk(const struct node *n, void (*visit)(const void *, VISIT, int), int depth) {
  if (!n->left && !n->right) {
    visit(n, leaf, depth);
    return;
  }
  visit(n, preorder, depth);
  if (n->left) walk(n->left, visit, depth + 1);
  visit(n, postorder, depth);
  if (n->right) walk(n->right, visit, depth + 1);
  visit(n, endorder, depth);
}

void twalk(const void *root, void (*visit)(const void *, VISIT, int)) {
  if (root) walk(root, visit, 0);
}

void tdestroy(void *root, void (*free_key)(void *)) {
  struct node *n = root;
  if (!n) return;
  tdestroy(n->left, free_key);
  tdestroy(n->right, free_key);
  free_key((void *)n->key);
  free(n);
}
