/* Wide characters in files (C11 7.29.3): a file's bytes are multibyte characters. */
#include <errno.h>
#include <stdlib.h>
#include <time.h>
#include <wchar.h>
#include "../stdio/file.h"

int fwide(FILE *file, int mode) {
  if (!file->orientation && (file->flags & (READING | WRITING))) file->orientation = -1;
  if (!file->orientation) file->orientation = mode < 0 ? -1 : mode > 0;
  return file->orientation;
}

static wint_t get(FILE *file) {
  mbstate_t state = {0, 0, 0};
  fwide(file, 1);
  for (;;) {
    wchar_t c;
    int byte = getc_unlocked(file);
    if (byte == EOF) {
      if (mbsinit(&state)) return WEOF;
      errno = EILSEQ;
      break;
    }
    size_t used = mbrtowc(&c, &(char){(char)byte}, 1, &state);
    if (used == (size_t)-1) break;
    if (used != (size_t)-2) return (wint_t)c;
  }
  file->flags |= FAILED;
  return WEOF;
}

wint_t fgetwc(FILE *file) {
  flockfile(file);
  wint_t c = get(file);
  funlockfile(file);
  return c;
}

wint_t getwc(FILE *file) { return fgetwc(file); }
wint_t getwchar(void) { return fgetwc(stdin); }

/* The bytes of a character lie in the buffer as they came, unless it was filled in between. */
wint_t ungetwc(wint_t c, FILE *file) {
  char bytes[8];
  size_t size = c == WEOF ? (size_t)-1 : wcrtomb(bytes, (wchar_t)c, 0);
  if (size == (size_t)-1) return WEOF;
  if (size == 1) return ungetc(*bytes, file) == EOF ? WEOF : c;
  if (!(file->flags & READING) || file->pushed != EOF || (size_t)(file->at - file->buffer) < size) return WEOF;
  file->at -= size;
  for (size_t at = 0; at < size; at++) file->at[at] = (unsigned char)bytes[at];
  file->flags &= ~(unsigned)AT_EOF;
  return c;
}

wchar_t *fgetws(wchar_t *restrict to, int room, FILE *restrict file) {
  int count = 0;
  if (room <= 0) return 0;
  flockfile(file);
  while (count < room - 1) {
    wint_t c = get(file);
    if (c == WEOF) break;
    to[count++] = (wchar_t)c;
    if (c == '\n') break;
  }
  int failed = ferror(file);
  funlockfile(file);
  to[count] = 0;
  return failed || (count == 0 && room > 1) ? 0 : to;
}

wint_t fputwc(wchar_t c, FILE *file) {
  char bytes[8];
  size_t size = wcrtomb(bytes, c, 0);
  fwide(file, 1);
  if (size == (size_t)-1) file->flags |= FAILED;
  else if (fwrite(bytes, 1, size, file) == size) return (wint_t)c;
  return WEOF;
}

wint_t putwc(wchar_t c, FILE *file) { return fputwc(c, file); }
wint_t putwchar(wchar_t c) { return fputwc(c, stdout); }

int fputws(const wchar_t *restrict text, FILE *restrict file) {
  flockfile(file);
  int result = 1;
  for (; *text && result == 1; text++)
    if (fputwc(*text, file) == WEOF) result = -1;
  funlockfile(file);
  return result;
}

/* The text as multibyte characters, which free gives back; null when it cannot be. */
static char *narrow(const wchar_t *text) {
  size_t size = wcstombs(0, text, 0);
  char *bytes = size == (size_t)-1 ? 0 : malloc(size + 1);
  if (bytes) wcstombs(bytes, text, size + 1);
  return bytes;
}

int vfwprintf(FILE *restrict file, const wchar_t *restrict format, va_list arguments) {
  char *bytes = narrow(format);
  fwide(file, 1);
  int result = bytes ? __format_to_file(file, bytes, arguments, 1) : -1;
  free(bytes);
  return result;
}

static int convert(wchar_t *to, size_t room, const char *bytes) {
  size_t length = mbstowcs(to, bytes, room);
  if (length < room) return (int)length;
  if (room > 0) to[room - 1] = 0;
  return -1;
}

int vswprintf(wchar_t *restrict to, size_t room, const wchar_t *restrict format, va_list arguments) {
  char *bytes = narrow(format), *text = 0;
  size_t size;
  FILE *file = bytes ? open_memstream(&text, &size) : 0;
  int result = file ? __format_to_file(file, bytes, arguments, 1) : -1;
  if (file && fclose(file) == EOF) result = -1;
  if (result >= 0) result = convert(to, room, text);
  free(text);
  free(bytes);
  return result;
}

int vwprintf(const wchar_t *restrict format, va_list arguments) { return vfwprintf(stdout, format, arguments); }

int wprintf(const wchar_t *restrict format, ...) {
  PASS_ON(format, vfwprintf(stdout, format, arguments));
}

int fwprintf(FILE *restrict file, const wchar_t *restrict format, ...) {
  PASS_ON(format, vfwprintf(file, format, arguments));
}

int swprintf(wchar_t *restrict to, size_t room, const wchar_t *restrict format, ...) {
  PASS_ON(format, vswprintf(to, room, format, arguments));
}

size_t wcsftime(wchar_t *restrict to, size_t room, const wchar_t *restrict format, const struct tm *restrict from) {
  char *bytes = narrow(format), *text = bytes ? malloc(room * 6) : 0;
  size_t size = text && room > 0 ? strftime(text, room * 6, bytes, from) : 0;
  int length = size ? convert(to, room, text) : 0;
  free(text);
  free(bytes);
  return length < 0 ? 0 : (size_t)length;
}
