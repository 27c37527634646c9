// Graphs of structures that point to each other: a ring, a matrix of links, a trie.
#include <stdio.h>
#include <stdlib.h>

struct trie { struct trie *child[26]; int ends; };
static void insert(struct trie *t, const char *word) {
  for (; *word; word++) {
    struct trie **next = &t->child[*word - 'a'];
    if (!*next) *next = calloc(1, sizeof **next);
    t = *next;
  }
  t->ends++;
}
static int walk(const struct trie *t, char *word, int depth) {
  int n = 0;
  if (t->ends) {
    word[depth] = 0;
    printf("%s*%d ", word, t->ends);
    n++;
  }
  for (int i = 0; i < 26; i++)
    if (t->child[i]) {
      word[depth] = 'a' + i;
      n += walk(t->child[i], word, depth + 1);
    }
  return n;
}
struct ring { int id; struct ring *next; };

int main(void) {
  struct trie root = {{0}, 0};
  static const char *const words[] = {"tea", "ten", "te", "in", "inn", "tea", "a"};
  for (int i = 0; i < 7; i++) insert(&root, words[i]);
  char word[10];
  printf("%d\n", walk(&root, word, 0));
  struct ring people[41];
  for (int i = 0; i < 41; i++) people[i] = (struct ring){i + 1, &people[(i + 1) % 41]};
  struct ring *p = &people[40];
  while (p->next != p) {
    p = p->next->next;
    p->next = p->next->next;
  }
  printf("%d\n", p->id);
  return 0;
}
