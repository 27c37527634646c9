/* Multibyte characters (C11 7.22.7, 7.29.6): ASCII in the locale C, UTF-8 as RFC 3629 has it in C.UTF-8. */
#include <errno.h>
#include <stdlib.h>
#include <wchar.h>
#include "wide.h"

#define INVALID ((size_t)-1)
#define INCOMPLETE ((size_t)-2)

size_t __mb_cur_max(void) { return __is_utf8 ? 6 : 1; }

static size_t invalid(mbstate_t *state) {
  *state = (mbstate_t){0, 0, 0};
  errno = EILSEQ;
  return INVALID;
}

/* Whether no more bytes can make a character of what has come. */
static int is_hopeless(const mbstate_t *state) {
  unsigned lowest = state->__value << 6 * state->__left, highest = lowest + (1U << 6 * state->__left) - 1;
  return highest < state->__least || lowest > 0x10ffff || (lowest >= 0xd800 && highest <= 0xdfff);
}

static int begin(mbstate_t *state, unsigned char byte) {
  if (byte >= 0xc2 && byte < 0xe0) *state = (mbstate_t){1, byte & 0x1f, 0x80};
  else if (byte >= 0xe0 && byte < 0xf0) *state = (mbstate_t){2, byte & 0xf, 0x800};
  else if (byte >= 0xf0 && byte < 0xf5) *state = (mbstate_t){3, byte & 7, 0x10000};
  else return 0;
  return 1;
}

size_t mbrtowc(wchar_t *restrict to, const char *restrict from, size_t size, mbstate_t *restrict state) {
  static mbstate_t own;
  size_t used = 0;
  if (!state) state = &own;
  if (!from) return state->__left ? invalid(state) : 0;
  if (size == 0) return INCOMPLETE;
  if (!state->__left) {
    unsigned char byte = (unsigned char)from[used++];
    if (byte < 0x80) {
      if (to) *to = byte;
      return byte != 0;
    }
    if (!__is_utf8 || !begin(state, byte)) return invalid(state);
  }
  for (; used < size; used++) {
    unsigned char byte = (unsigned char)from[used];
    if ((byte & 0xc0) != 0x80) return invalid(state);
    state->__value = state->__value << 6 | (byte & 0x3f);
    state->__left--;
    if (is_hopeless(state)) return invalid(state);
    if (state->__left) continue;
    if (to) *to = (wchar_t)state->__value;
    *state = (mbstate_t){0, 0, 0};
    return used + 1;
  }
  return INCOMPLETE;
}

size_t wcrtomb(char *restrict to, wchar_t wide, mbstate_t *restrict state) {
  unsigned c = (unsigned)wide;
  (void)state;
  if (!to) return 1;
  if (c < 0x80) {
    *to = (char)c;
    return 1;
  }
  if (!__is_utf8 || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) {
    errno = EILSEQ;
    return INVALID;
  }
  int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
  *to++ = (char)(0xff80 >> more | c >> 6 * more);
  for (int left = more; left-- > 0;) *to++ = (char)(0x80 | (c >> 6 * left & 0x3f));
  return (size_t)more + 1;
}

int mbsinit(const mbstate_t *state) { return !state || state->__left == 0; }

size_t mbrlen(const char *restrict from, size_t size, mbstate_t *restrict state) {
  static mbstate_t own;
  return mbrtowc(0, from, size, state ? state : &own);
}

int mbtowc(wchar_t *restrict to, const char *restrict from, size_t size) {
  mbstate_t state = {0, 0, 0};
  if (!from) return 0;
  size_t used = mbrtowc(to, from, size, &state);
  if (used != INCOMPLETE) return (int)used;
  errno = EILSEQ;
  return -1;
}

int mblen(const char *from, size_t size) { return mbtowc(0, from, size); }
int wctomb(char *to, wchar_t c) { return to ? (int)wcrtomb(to, c, 0) : 0; }
wint_t btowc(int c) { return c >= 0 && c < 0x80 ? (wint_t)c : WEOF; }
int wctob(wint_t c) { return c < 0x80 ? (int)c : EOF; }

size_t mbsnrtowcs(wchar_t *restrict to, const char **restrict from, size_t size, size_t room, mbstate_t *restrict state) {
  static mbstate_t own;
  const char *at = *from;
  size_t count = 0;
  if (!state) state = &own;
  while (!to || count < room) {
    wchar_t c;
    size_t used = mbrtowc(&c, at, size, state);
    if (used == INVALID) {
      if (to) *from = at;
      return INVALID;
    }
    if (used == INCOMPLETE) {
      at += size;
      break;
    }
    if (to) to[count] = c;
    if (used == 0) {
      if (to) *from = 0;
      return count;
    }
    count++;
    at += used;
    size -= used;
  }
  if (to) *from = at;
  return count;
}

size_t mbsrtowcs(wchar_t *restrict to, const char **restrict from, size_t room, mbstate_t *restrict state) {
  return mbsnrtowcs(to, from, (size_t)1 << 40, room, state);
}

size_t mbstowcs(wchar_t *restrict to, const char *restrict from, size_t room) {
  mbstate_t state = {0, 0, 0};
  const char *at = from;
  return mbsrtowcs(to, &at, room, &state);
}

size_t wcsnrtombs(char *restrict to, const wchar_t **restrict from, size_t count, size_t room, mbstate_t *restrict state) {
  const wchar_t *at = *from;
  size_t done = 0;
  for (; count > 0; count--, at++) {
    char bytes[8];
    size_t size = wcrtomb(bytes, *at, state);
    if (size == INVALID) {
      if (to) *from = at;
      return INVALID;
    }
    if (to && done + size > room) break;
    if (to)
      for (size_t i = 0; i < size; i++) to[done + i] = bytes[i];
    if (*at == 0) {
      if (to) *from = 0;
      return done;
    }
    done += size;
  }
  if (to) *from = at;
  return done;
}

size_t wcsrtombs(char *restrict to, const wchar_t **restrict from, size_t room, mbstate_t *restrict state) {
  return wcsnrtombs(to, from, (size_t)1 << 40, room, state);
}

size_t wcstombs(char *restrict to, const wchar_t *restrict from, size_t room) {
  const wchar_t *at = from;
  return wcsrtombs(to, &at, room, 0);
}
