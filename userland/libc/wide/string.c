/* Strings of wide characters (C11 7.29.4): string.h's functions again. Where a comparison is all, code points are compared. */
#include <stdlib.h>
#include <string.h>
#include <wchar.h>
#include <wctype.h>

wchar_t *wmemcpy(wchar_t *restrict to, const wchar_t *restrict from, size_t count) { return memcpy(to, from, count * sizeof *to); }
wchar_t *wmempcpy(wchar_t *restrict to, const wchar_t *restrict from, size_t count) { return wmemcpy(to, from, count) + count; }
wchar_t *wmemmove(wchar_t *to, const wchar_t *from, size_t count) { return memmove(to, from, count * sizeof *to); }

wchar_t *wmemset(wchar_t *to, wchar_t c, size_t count) {
  for (size_t at = 0; at < count; at++) to[at] = c;
  return to;
}

wchar_t *wmemchr(const wchar_t *in, wchar_t c, size_t count) {
  for (; count > 0; in++, count--)
    if (*in == c) return (wchar_t *)in;
  return 0;
}

int wmemcmp(const wchar_t *left, const wchar_t *right, size_t count) {
  for (; count > 0; left++, right++, count--)
    if (*left != *right) return *left < *right ? -1 : 1;
  return 0;
}

size_t wcsnlen(const wchar_t *text, size_t limit) {
  size_t length = 0;
  while (length < limit && text[length]) length++;
  return length;
}

size_t wcslen(const wchar_t *text) { return wcsnlen(text, (size_t)-1); }
wchar_t *wcpcpy(wchar_t *restrict to, const wchar_t *restrict from) {
  size_t length = wcslen(from);
  return wmemcpy(to, from, length + 1) + length;
}

wchar_t *wcscpy(wchar_t *restrict to, const wchar_t *restrict from) {
  wcpcpy(to, from);
  return to;
}

wchar_t *wcpncpy(wchar_t *restrict to, const wchar_t *restrict from, size_t count) {
  size_t length = wcsnlen(from, count);
  wmemcpy(to, from, length);
  wmemset(to + length, 0, count - length);
  return to + length;
}

wchar_t *wcsncpy(wchar_t *restrict to, const wchar_t *restrict from, size_t count) {
  wcpncpy(to, from, count);
  return to;
}

wchar_t *wcscat(wchar_t *restrict to, const wchar_t *restrict from) {
  wcscpy(to + wcslen(to), from);
  return to;
}

wchar_t *wcsncat(wchar_t *restrict to, const wchar_t *restrict from, size_t count) {
  wchar_t *end = to + wcslen(to);
  size_t length = wcsnlen(from, count);
  wmemcpy(end, from, length)[length] = 0;
  return to;
}

wchar_t *wcsdup(const wchar_t *text) {
  size_t size = wcslen(text) + 1;
  wchar_t *copy = malloc(size * sizeof *copy);
  return copy ? wmemcpy(copy, text, size) : 0;
}

int wcsncmp(const wchar_t *left, const wchar_t *right, size_t count) {
  for (; count > 0; left++, right++, count--) {
    if (*left != *right) return *left < *right ? -1 : 1;
    if (!*left) break;
  }
  return 0;
}

int wcscmp(const wchar_t *left, const wchar_t *right) { return wcsncmp(left, right, (size_t)-1); }
int wcscoll(const wchar_t *left, const wchar_t *right) { return wcscmp(left, right); }

int wcsncasecmp(const wchar_t *left, const wchar_t *right, size_t count) {
  for (; count > 0; left++, right++, count--) {
    wint_t l = towlower((wint_t)*left), r = towlower((wint_t)*right);
    if (l != r) return (int)(l - r);
    if (!l) break;
  }
  return 0;
}

int wcscasecmp(const wchar_t *left, const wchar_t *right) { return wcsncasecmp(left, right, (size_t)-1); }

size_t wcsxfrm(wchar_t *restrict to, const wchar_t *restrict from, size_t count) {
  size_t length = wcslen(from);
  if (length < count) wmemcpy(to, from, length + 1);
  return length;
}

wchar_t *wcschr(const wchar_t *text, wchar_t c) { return wmemchr(text, c, wcslen(text) + 1); }

wchar_t *wcsrchr(const wchar_t *text, wchar_t c) {
  const wchar_t *at = text + wcslen(text);
  for (;; at--) {
    if (*at == c) return (wchar_t *)at;
    if (at == text) return 0;
  }
}

wchar_t *wcsstr(const wchar_t *text, const wchar_t *what) {
  size_t length = wcslen(what);
  if (!length) return (wchar_t *)text;
  for (; (text = wcschr(text, *what)); text++)
    if (wcsncmp(text, what, length) == 0) return (wchar_t *)text;
  return 0;
}

static size_t span(const wchar_t *text, const wchar_t *set, int wanted) {
  size_t length = 0;
  while (text[length] && (wcschr(set, text[length]) != 0) == wanted) length++;
  return length;
}

size_t wcsspn(const wchar_t *text, const wchar_t *accept) { return span(text, accept, 1); }
size_t wcscspn(const wchar_t *text, const wchar_t *reject) { return span(text, reject, 0); }

wchar_t *wcspbrk(const wchar_t *text, const wchar_t *accept) {
  text += wcscspn(text, accept);
  return *text ? (wchar_t *)text : 0;
}

wchar_t *wcstok(wchar_t *restrict text, const wchar_t *restrict separators, wchar_t **restrict rest) {
  if (!text && !(text = *rest)) return 0;
  text += wcsspn(text, separators);
  if (!*text) {
    *rest = 0;
    return 0;
  }
  *rest = wcspbrk(text, separators);
  if (*rest) *(*rest)++ = 0;
  return text;
}
