/* Files that lie in memory (open_memstream(3), fmemopen(3)): cookies that keep a block and a position. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "file.h"

struct memory {
  char *bytes;
  size_t size, room, position;
  int is_ours, appends;
  /* open_memstream's: where the block and its length are told. */
  char **told;
  size_t *told_size;
};

static ssize_t get(void *cookie, char *to, size_t size) {
  struct memory *m = cookie;
  if (m->position >= m->size) return 0;
  if (size > m->size - m->position) size = m->size - m->position;
  memcpy(to, m->bytes + m->position, size);
  m->position += size;
  return (ssize_t)size;
}

/* Room for `size` bytes and a NUL behind them; 0 when there is none. */
static int make_room(struct memory *m, size_t size) {
  if (size + 1 <= m->room) return 1;
  size_t room = m->room * 2 > size + 1 ? m->room * 2 : size + 1;
  char *bytes = realloc(m->bytes, room);
  if (!bytes) return 0;
  memset(bytes + m->room, 0, room - m->room);
  m->bytes = bytes;
  m->room = room;
  return 1;
}

static ssize_t put(void *cookie, const char *from, size_t size) {
  struct memory *m = cookie;
  if (m->appends) m->position = m->size;
  if (m->told) {
    if (!make_room(m, m->position + size)) return -1;
  } else if (size > m->room - m->position) {
    size = m->room - m->position;
    if (size == 0) {
      errno = ENOSPC;
      return -1;
    }
  }
  memcpy(m->bytes + m->position, from, size);
  m->position += size;
  if (m->position > m->size) {
    m->size = m->position;
    if (m->size < m->room) m->bytes[m->size] = 0;
  }
  if (m->told) {
    *m->told = m->bytes;
    *m->told_size = m->position < m->size ? m->position : m->size;
  }
  return (ssize_t)size;
}

static int move(void *cookie, off_t *offset, int whence) {
  struct memory *m = cookie;
  off_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? (off_t)m->position : (off_t)m->size;
  off_t to = base + *offset;
  if (to < 0 || (!m->told && (size_t)to > m->room)) {
    errno = EINVAL;
    return -1;
  }
  if (m->told && (size_t)to > m->size && !make_room(m, (size_t)to)) return -1;
  m->position = (size_t)to;
  if (m->told) *m->told_size = m->position < m->size ? m->position : m->size;
  *offset = to;
  return 0;
}

static int end(void *cookie) {
  struct memory *m = cookie;
  if (m->is_ours) free(m->bytes);
  free(m);
  return 0;
}

static const cookie_io_functions_t functions = {get, put, move, end};

FILE *open_memstream(char **text, size_t *size) {
  struct memory *m = calloc(1, sizeof *m);
  FILE *file = m && make_room(m, 127) ? fopencookie(m, "w", functions) : 0;
  if (!file) {
    if (m) free(m->bytes);
    free(m);
    return 0;
  }
  m->told = text;
  m->told_size = size;
  *text = m->bytes;
  *size = 0;
  return file;
}

FILE *fmemopen(void *restrict memory, size_t size, const char *restrict mode) {
  if (size == 0) {
    errno = EINVAL;
    return 0;
  }
  struct memory *m = calloc(1, sizeof *m);
  if (!m) return 0;
  m->is_ours = memory == 0;
  m->bytes = memory ? memory : calloc(1, size);
  m->room = size;
  if (*mode == 'r') m->size = size;
  if (*mode == 'a') m->size = m->position = strnlen(m->bytes ? m->bytes : "", size);
  m->appends = *mode == 'a';
  if (*mode == 'w' && m->bytes) m->bytes[0] = 0;
  FILE *file = m->bytes ? fopencookie(m, mode, functions) : 0;
  if (!file) end(m);
  return file;
}
