#include "space.h"
#include <stdlib.h>
#include <string.h>
#include "tool.h"

void space_reserve(struct space *s, size_t size) {
  if (size + 1 <= s->room) return;
  s->room = (size + 1) * 2;
  s->text = realloc(s->text, s->room);
  if (!s->text) exit(tool_failed("realloc"));
}

void space_append(struct space *s, const char *text, size_t size) {
  space_reserve(s, s->size + size);
  memcpy(s->text + s->size, text, size);
  s->size += size;
}

void space_assign(struct space *to, const struct space *from) {
  to->size = 0;
  space_append(to, from->text, from->size);
}
