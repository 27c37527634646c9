/* Output functions of stdio (C11 7.21.7, 7.21.8). */
#include "file.h"
#include <errno.h>
#include <string.h>
#include <unistd.h>

static size_t put_block(const void *restrict from, size_t size, size_t count, FILE *restrict file) {
  const unsigned char *at = from;
  size_t total = size * count, left = total;
  if (total == 0 || __start_writing(file) == EOF) return 0;
  while (left > 0) {
    size_t space = file->room - (size_t)(file->at - file->buffer);
    if (file->at == file->buffer && left >= file->room) { /* past the buffer: no copy */
      ssize_t done = __put_out(file, at, left);
      if (done < 0 && errno == EINTR) continue;
      if (done < 0) {
        file->flags |= FAILED;
        return (total - left) / size;
      }
      at += done;
      left -= (size_t)done;
      continue;
    }
    if (space > left) space = left;
    memcpy(file->at, at, space);
    file->at += space;
    at += space;
    left -= space;
    if (file->at == file->buffer + file->room && __flush(file) == EOF) return (total - left) / size;
  }
  if (file->mode == _IONBF || (file->mode == _IOLBF && memrchr(from, '\n', total)))
    if (__flush(file) == EOF) return 0;
  return count;
}

size_t fwrite(const void *restrict from, size_t size, size_t count, FILE *restrict file) {
  flockfile(file);
  size_t done = put_block(from, size, count, file);
  funlockfile(file);
  return done;
}

size_t fwrite_unlocked(const void *restrict from, size_t size, size_t count, FILE *restrict file) {
  return put_block(from, size, count, file);
}

int putc_unlocked(int c, FILE *file) {
  unsigned char byte = (unsigned char)c;
  if ((file->flags & WRITING) && file->mode == _IOFBF && file->at + 1 < file->buffer + file->room) {
    *file->at++ = byte;
    return byte;
  }
  return put_block(&byte, 1, 1, file) == 1 ? byte : EOF;
}

int fputc(int c, FILE *file) {
  flockfile(file);
  int result = putc_unlocked(c, file);
  funlockfile(file);
  return result;
}

int fputc_unlocked(int c, FILE *file) { return putc_unlocked(c, file); }
int putchar_unlocked(int c) { return putc_unlocked(c, stdout); }

int putc(int c, FILE *file) { return fputc(c, file); }
int putchar(int c) { return fputc(c, stdout); }

int fputs(const char *restrict text, FILE *restrict file) {
  size_t size = strlen(text);
  return fwrite(text, 1, size, file) == size ? 1 : EOF;
}

int puts(const char *text) {
  flockfile(stdout);
  int result = fputs(text, stdout) == EOF || putchar('\n') == EOF ? EOF : 1;
  funlockfile(stdout);
  return result;
}
