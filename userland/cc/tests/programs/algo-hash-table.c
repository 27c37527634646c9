// A hash table of strings that grows.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct entry { struct entry *next; int count; char key[]; };
static struct table { size_t size, used; struct entry **slots; } table;
static unsigned hash(const char *s) {
  unsigned h = 5381;
  while (*s) h = h * 33 ^ (unsigned char)*s++;
  return h;
}
static void grow(void) {
  size_t size = table.size ? table.size * 2 : 4;
  struct entry **slots = calloc(size, sizeof *slots);
  for (size_t i = 0; i < table.size; i++)
    for (struct entry *e = table.slots[i], *next; e; e = next) {
      next = e->next;
      struct entry **slot = &slots[hash(e->key) % size];
      e->next = *slot;
      *slot = e;
    }
  free(table.slots);
  table.slots = slots;
  table.size = size;
}
static struct entry *find(const char *key) {
  if (table.used >= table.size) grow();
  struct entry **slot = &table.slots[hash(key) % table.size];
  for (struct entry *e = *slot; e; e = e->next)
    if (!strcmp(e->key, key)) return e;
  struct entry *e = malloc(sizeof *e + strlen(key) + 1);
  strcpy(e->key, key);
  e->count = 0;
  e->next = *slot;
  table.used++;
  return *slot = e;
}
static int order(const void *a, const void *b) {
  const struct entry *x = *(struct entry *const *)a, *y = *(struct entry *const *)b;
  return x->count != y->count ? y->count - x->count : strcmp(x->key, y->key);
}

int main(void) {
  char text[] = "the cat and the dog and the bird saw a cat and a mouse and the end of it was that the cat ran";
  for (char *word = strtok(text, " "); word; word = strtok(0, " ")) find(word)->count++;
  struct entry *list[64];
  int n = 0;
  for (size_t i = 0; i < table.size; i++)
    for (struct entry *e = table.slots[i]; e; e = e->next) list[n++] = e;
  qsort(list, n, sizeof *list, order);
  for (int i = 0; i < n; i++) printf("%s:%d ", list[i]->key, list[i]->count);
  printf("\n%zu %zu\n", table.size, table.used);
  return 0;
}
