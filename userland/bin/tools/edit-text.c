/* See edit-text.h. */
#include "edit-text.h"
#include <stdlib.h>
#include <string.h>
#include "tool.h"

struct change {
  size_t at, removed, inserted;
  char *bytes; /* what was removed, then what was inserted */
};

char *edit_bytes;
size_t edit_size;
long edit_version;

static size_t room;
static struct change *changes;
static long count, change_room; /* those from edit_version on have been undone */

static void *need(void *block) {
  if (!block) exit(tool_failed("realloc"));
  return block;
}

static void exchange(size_t at, size_t removed, const char *bytes, size_t inserted) {
  if (edit_size - removed + inserted + 1 > room) edit_bytes = need(realloc(edit_bytes, room = (edit_size + inserted + 1) * 2));
  memmove(edit_bytes + at + inserted, edit_bytes + at + removed, edit_size - at - removed);
  memcpy(edit_bytes + at, bytes, inserted);
  edit_size = edit_size - removed + inserted;
}

void edit_start(const char *bytes, size_t size) { exchange(0, 0, bytes, size); }

/* Typing goes into one change. */
static int join(size_t at, size_t removed, const char *bytes, size_t inserted) {
  struct change *last = count > 0 ? &changes[count - 1] : 0;
  if (!last || edit_version != count || removed > 0 || last->at + last->inserted != at) return 0;
  last->bytes = need(realloc(last->bytes, last->removed + last->inserted + inserted + 1));
  memcpy(last->bytes + last->removed + last->inserted, bytes, inserted);
  last->inserted += inserted;
  return 1;
}

void edit_replace(size_t at, size_t removed, const char *bytes, size_t inserted, int joins) {
  if (!joins || !join(at, removed, bytes, inserted)) {
    while (count > edit_version) free(changes[--count].bytes);
    if (count == change_room) changes = need(realloc(changes, (size_t)(change_room = change_room * 2 + 64) * sizeof *changes));
    struct change *c = &changes[count++];
    *c = (struct change){at, removed, inserted, need(malloc(removed + inserted + 1))};
    if (removed) memcpy(c->bytes, edit_bytes + at, removed);
    memcpy(c->bytes + removed, bytes, inserted);
    edit_version = count;
  }
  exchange(at, removed, bytes, inserted);
}

long edit_undo(void) {
  if (edit_version == 0) return -1;
  const struct change *c = &changes[--edit_version];
  exchange(c->at, c->inserted, c->bytes, c->removed);
  return (long)(c->at + c->removed);
}

long edit_redo(void) {
  if (edit_version == count) return -1;
  const struct change *c = &changes[edit_version++];
  exchange(c->at, c->removed, c->bytes + c->removed, c->inserted);
  return (long)(c->at + c->inserted);
}
