/* hsearch(3): a table of texts, by open addressing; its size does not change. */
#include <errno.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

struct __hash_table {
  size_t size; /* a power of two */
  size_t used, most;
  ENTRY entries[];
};

static struct hsearch_data only;

int hcreate_r(size_t most, struct hsearch_data *table) {
  size_t size = 8;
  if (most > (size_t)1 << 40) {
    errno = ENOMEM;
    return 0;
  }
  while (size < most + most / 2 + 1) size *= 2;
  table->__table = calloc(1, sizeof(struct __hash_table) + size * sizeof(ENTRY));
  if (!table->__table) return 0;
  table->__table->size = size;
  table->__table->most = most > 8 ? most : 8;
  return 1;
}

void hdestroy_r(struct hsearch_data *table) {
  free(table->__table);
  table->__table = 0;
}

int hsearch_r(ENTRY item, ACTION action, ENTRY **found, struct hsearch_data *table) {
  struct __hash_table *t = table->__table;
  size_t at = 5381;
  *found = 0;
  for (const char *c = item.key; *c; c++) at = at * 33 + (unsigned char)*c;
  if (!t) {
    errno = EINVAL;
    return 0;
  }
  for (at &= t->size - 1; t->entries[at].key; at = (at + 1) & (t->size - 1))
    if (strcmp(t->entries[at].key, item.key) == 0) {
      *found = &t->entries[at];
      return 1;
    }
  if (action == FIND) errno = ESRCH;
  else if (t->used == t->most) errno = ENOMEM;
  else {
    t->used++;
    t->entries[at] = item;
    *found = &t->entries[at];
    return 1;
  }
  return 0;
}

int hcreate(size_t most) { return only.__table ? 0 : hcreate_r(most, &only); }
void hdestroy(void) { hdestroy_r(&only); }

ENTRY *hsearch(ENTRY item, ACTION action) {
  ENTRY *found;
  hsearch_r(item, action, &found, &only);
  return found;
}
