/* The printf family: each function is a sink for __format. */
#include "file.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void put_to_file(struct sink *sink, const char *text, size_t size) {
  if (size > 0) fwrite(text, 1, size, sink->to);
}

static int format_to(FILE *restrict file, const char *restrict format, va_list arguments, int is_wide) {
  struct sink sink = {put_to_file, file, 0, 0, is_wide, 0};
  unsigned before = file->flags & FAILED;
  file->flags &= ~(unsigned)FAILED;
  if (__start_writing(file) == EOF) return -1;
  int mode = file->mode;
  char together[128];
  if (mode == _IONBF) { /* one write for the whole line, not one a conversion */
    file->buffer = (unsigned char *)together;
    file->at = file->buffer;
    file->room = sizeof together;
    file->mode = _IOFBF;
  }
  __format(&sink, format, arguments);
  if (mode == _IONBF) {
    __flush(file);
    file->mode = mode;
    file->buffer = file->at = &file->one;
    file->room = 1;
  }
  int failed = sink.failed || (file->flags & FAILED) != 0;
  file->flags |= before;
  return failed ? -1 : (int)sink.count;
}

int __format_to_file(FILE *file, const char *format, va_list arguments, int is_wide) {
  flockfile(file);
  int result = format_to(file, format, arguments, is_wide);
  funlockfile(file);
  return result;
}

int vfprintf(FILE *restrict file, const char *restrict format, va_list arguments) {
  return __format_to_file(file, format, arguments, 0);
}

static void put_to_string(struct sink *sink, const char *text, size_t size) {
  if (sink->count < sink->room) {
    size_t left = sink->room - sink->count;
    memcpy((char *)sink->to + sink->count, text, size < left ? size : left);
  }
}

int vsnprintf(char *restrict to, size_t size, const char *restrict format, va_list arguments) {
  struct sink sink = {put_to_string, to, size, 0, 0, 0};
  __format(&sink, format, arguments);
  if (size > 0) to[sink.count < size ? sink.count : size - 1] = 0;
  return sink.failed ? -1 : (int)sink.count;
}

int vsprintf(char *restrict to, const char *restrict format, va_list arguments) {
  return vsnprintf(to, (size_t)1 << 40, format, arguments);
}

int vdprintf(int fd, const char *restrict format, va_list arguments) {
  FILE file = {.fd = fd, .flags = WRITABLE, .pushed = EOF};
  setvbuf(&file, 0, _IONBF, 0);
  return vfprintf(&file, format, arguments);
}

int vasprintf(char **to, const char *restrict format, va_list arguments) {
  va_list again;
  va_copy(again, arguments);
  int size = vsnprintf(0, 0, format, arguments);
  *to = size < 0 ? 0 : malloc((size_t)size + 1);
  if (*to) vsnprintf(*to, (size_t)size + 1, format, again);
  va_end(again);
  return *to ? size : -1;
}

int vprintf(const char *restrict format, va_list arguments) {
  return vfprintf(stdout, format, arguments);
}

int printf(const char *restrict format, ...) {
  PASS_ON(format, vfprintf(stdout, format, arguments));
}

int fprintf(FILE *restrict file, const char *restrict format, ...) {
  PASS_ON(format, vfprintf(file, format, arguments));
}

int dprintf(int fd, const char *restrict format, ...) {
  PASS_ON(format, vdprintf(fd, format, arguments));
}

int sprintf(char *restrict to, const char *restrict format, ...) {
  PASS_ON(format, vsprintf(to, format, arguments));
}

int snprintf(char *restrict to, size_t size, const char *restrict format, ...) {
  PASS_ON(format, vsnprintf(to, size, format, arguments));
}

int asprintf(char **to, const char *restrict format, ...) {
  PASS_ON(format, vasprintf(to, format, arguments));
}
