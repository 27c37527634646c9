/* Input functions of stdio (C11 7.21.7, 7.21.8; getline is POSIX's). */
#include "file.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int getc_unlocked(FILE *file) {
  if (file->pushed != EOF) {
    int c = file->pushed;
    file->pushed = EOF;
    return c;
  }
  if (!(file->flags & READING) || file->at == file->end)
    if (__fill(file) == EOF) return EOF;
  return *file->at++;
}

int fgetc(FILE *file) {
  flockfile(file);
  int c = getc_unlocked(file);
  funlockfile(file);
  return c;
}

int fgetc_unlocked(FILE *file) { return getc_unlocked(file); }
int getchar_unlocked(void) { return getc_unlocked(stdin); }
int getc(FILE *file) { return fgetc(file); }
int getchar(void) { return fgetc(stdin); }

int ungetc(int c, FILE *file) {
  if (c == EOF || file->pushed != EOF || __start_reading(file) == EOF) return EOF;
  file->flags &= ~(unsigned)AT_EOF;
  return file->pushed = (unsigned char)c;
}

static size_t get_block(void *restrict to, size_t size, size_t count, FILE *restrict file) {
  size_t total = size * count, done = 0;
  if (total == 0) return 0;
  if (file->pushed != EOF) ((unsigned char *)to)[done++] = (unsigned char)getc_unlocked(file);
  while (done < total) {
    if (__start_reading(file) == EOF) break;
    size_t ready = (size_t)(file->end - file->at), left = total - done;
    if (ready == 0) {
      if (left >= file->room) { /* past the buffer: no copy */
        if (file->flags & AT_EOF) break;
        ssize_t got = __get_in(file, (char *)to + done, left);
        if (got <= 0) {
          file->flags |= got == 0 ? AT_EOF : FAILED;
          break;
        }
        done += (size_t)got;
      } else if (__fill(file) == EOF) {
        break;
      }
      continue;
    }
    if (ready > left) ready = left;
    memcpy((char *)to + done, file->at, ready);
    file->at += ready;
    done += ready;
  }
  return done / size;
}

size_t fread(void *restrict to, size_t size, size_t count, FILE *restrict file) {
  flockfile(file);
  size_t done = get_block(to, size, count, file);
  funlockfile(file);
  return done;
}

size_t fread_unlocked(void *restrict to, size_t size, size_t count, FILE *restrict file) {
  return get_block(to, size, count, file);
}

static char *get_line(char *restrict to, int size, FILE *restrict file) {
  char *at = to;
  if (size <= 0) return 0;
  size_t left = (size_t)size - 1;
  if (left > 0 && file->pushed != EOF) {
    *at++ = (char)getc_unlocked(file);
    left--;
  }
  while (left > 0 && (at == to || at[-1] != '\n')) {
    if (!(file->flags & READING) || file->at == file->end)
      if (__fill(file) == EOF) break;
    size_t ready = (size_t)(file->end - file->at);
    if (ready > left) ready = left;
    unsigned char *newline = memchr(file->at, '\n', ready);
    if (newline) ready = (size_t)(newline + 1 - file->at);
    memcpy(at, file->at, ready);
    file->at += ready;
    at += ready;
    left -= ready;
  }
  if (size > 1 && (at == to || ferror(file))) return 0;
  *at = 0;
  return to;
}

char *fgets(char *restrict to, int size, FILE *restrict file) {
  flockfile(file);
  char *line = get_line(to, size, file);
  funlockfile(file);
  return line;
}

static ssize_t get_until(char **restrict line, size_t *restrict size, int delimiter, FILE *restrict file) {
  size_t length = 0;
  if (!*line) *size = 0;
  for (;;) {
    int c = getc_unlocked(file);
    if (c == EOF && length == 0) return -1;
    if (length + 2 > *size) {
      size_t bigger = *size < 64 ? 128 : *size * 2;
      char *moved = realloc(*line, bigger);
      if (!moved) return -1;
      *line = moved;
      *size = bigger;
    }
    if (c == EOF) break;
    (*line)[length++] = (char)c;
    if (c == delimiter) break;
  }
  (*line)[length] = 0;
  return (ssize_t)length;
}

ssize_t getdelim(char **restrict line, size_t *restrict size, int delimiter, FILE *restrict file) {
  flockfile(file);
  ssize_t length = get_until(line, size, delimiter, file);
  funlockfile(file);
  return length;
}

ssize_t getline(char **restrict line, size_t *restrict size, FILE *restrict file) {
  return getdelim(line, size, '\n', file);
}
