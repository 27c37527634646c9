/* Characters of UTF-16 and UTF-32 from and to multibyte ones (C11 7.28). A wchar_t is a char32_t. Of a surrogate pair the half that is
   still to come, or has come, waits in the state: __left is negative then. */
#include <errno.h>
#include <uchar.h>

#define SECOND_WAITS (-1) /* mbrtoc16: __value is to be given next */
#define FIRST_CAME (-2)   /* c16rtomb: __value is half a character */

size_t mbrtoc32(char32_t *restrict to, const char *restrict from, size_t size, mbstate_t *restrict state) {
  static mbstate_t own;
  wchar_t wide = 0;
  size_t used = mbrtowc(&wide, from ? from : "", from ? size : 1, state ? state : &own);
  if (to && from && used <= size) *to = (char32_t)wide;
  return used;
}

size_t c32rtomb(char *restrict to, char32_t c, mbstate_t *restrict state) {
  static mbstate_t own;
  return wcrtomb(to, (wchar_t)c, state ? state : &own);
}

size_t mbrtoc16(char16_t *restrict to, const char *restrict from, size_t size, mbstate_t *restrict state) {
  static mbstate_t own;
  wchar_t wide = 0;
  if (!state) state = &own;
  if (state->__left == SECOND_WAITS) {
    if (to) *to = (char16_t)state->__value;
    *state = (mbstate_t){0, 0, 0};
    return (size_t)-3;
  }
  size_t used = mbrtowc(&wide, from ? from : "", from ? size : 1, state);
  if (used > size || !from) return used;
  if (wide > 0xffff) {
    *state = (mbstate_t){SECOND_WAITS, 0xdc00 | ((unsigned)wide & 0x3ff), 0};
    wide = 0xd7c0 + (wide >> 10);
  }
  if (to) *to = (char16_t)wide;
  return used;
}

size_t c16rtomb(char *restrict to, char16_t c, mbstate_t *restrict state) {
  static mbstate_t own;
  char unused[8];
  if (!state) state = &own;
  if (!to) to = unused, c = 0;
  int is_first = (c & 0xfc00) == 0xd800, is_second = (c & 0xfc00) == 0xdc00;
  if (state->__left == 0 && is_first) {
    *state = (mbstate_t){FIRST_CAME, c, 0};
    return 0;
  }
  unsigned whole = c;
  if (state->__left == FIRST_CAME) {
    whole = is_second ? 0x10000 + ((state->__value & 0x3ff) << 10 | (c & 0x3ff)) : 0xdc00; /* half a pair is no character */
    *state = (mbstate_t){0, 0, 0};
  }
  return wcrtomb(to, (wchar_t)whole, state);
}
