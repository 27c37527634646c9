/* A text that grows: sed's pattern space and hold space. */
#ifndef SPACE_H
#define SPACE_H
#include <stddef.h>

struct space {
  char *text;
  size_t size, room;
};

/* Makes room for `size` bytes and a zero behind them; ends the tool when there is none. */
void space_reserve(struct space *s, size_t size);
void space_append(struct space *s, const char *text, size_t size);
void space_assign(struct space *to, const struct space *from);

#endif
