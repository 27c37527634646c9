/* Strings: measuring, copying, comparing, searching (C11 7.24, POSIX, and BSD's strlcpy and strsep). */
#include <ctype.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define ONES 0x0101010101010101UL
#define HIGHS 0x8080808080808080UL
/* Not zero exactly when a byte of the word is zero. */
#define HAS_ZERO(word) (((word)-ONES) & ~(word)&HIGHS)

size_t strlen(const char *text) {
  const char *end = text;
  for (; (uintptr_t)end % 8 != 0; end++)
    if (*end == 0) return (size_t)(end - text);
  while (!HAS_ZERO(*(const uint64_t *)end)) end += 8; /* an aligned word never crosses a page */
  while (*end) end++;
  return (size_t)(end - text);
}

size_t strnlen(const char *text, size_t limit) {
  const char *end = memchr(text, 0, limit);
  return end ? (size_t)(end - text) : limit;
}

char *stpcpy(char *restrict to, const char *restrict from) {
  size_t size = strlen(from);
  memcpy(to, from, size + 1);
  return to + size;
}

char *strcpy(char *restrict to, const char *restrict from) {
  stpcpy(to, from);
  return to;
}

char *stpncpy(char *restrict to, const char *restrict from, size_t size) {
  size_t length = strnlen(from, size);
  memcpy(to, from, length);
  memset(to + length, 0, size - length);
  return to + length;
}

char *strncpy(char *restrict to, const char *restrict from, size_t size) {
  stpncpy(to, from, size);
  return to;
}

char *strcat(char *restrict to, const char *restrict from) {
  strcpy(to + strlen(to), from);
  return to;
}

char *strncat(char *restrict to, const char *restrict from, size_t size) {
  char *end = to + strlen(to);
  size_t length = strnlen(from, size);
  memcpy(end, from, length);
  end[length] = 0;
  return to;
}

size_t strlcpy(char *restrict to, const char *restrict from, size_t size) {
  size_t length = strlen(from);
  if (size > 0) {
    size_t copied = length < size ? length : size - 1;
    memcpy(to, from, copied);
    to[copied] = 0;
  }
  return length;
}

size_t strlcat(char *restrict to, const char *restrict from, size_t size) {
  size_t have = strnlen(to, size);
  return have + strlcpy(to + have, from, size - have);
}

int strcmp(const char *left, const char *right) {
  const unsigned char *l = (const unsigned char *)left, *r = (const unsigned char *)right;
  for (; *l == *r && *l; l++, r++) {
  }
  return *l - *r;
}

int strncmp(const char *left, const char *right, size_t size) {
  const unsigned char *l = (const unsigned char *)left, *r = (const unsigned char *)right;
  for (; size > 0; size--, l++, r++) {
    if (*l != *r) return *l - *r;
    if (*l == 0) break;
  }
  return 0;
}

int strcasecmp(const char *left, const char *right) { return strncasecmp(left, right, SIZE_MAX); }

int strncasecmp(const char *left, const char *right, size_t size) {
  for (; size > 0; size--, left++, right++) {
    int l = tolower((unsigned char)*left), r = tolower((unsigned char)*right);
    if (l != r) return l - r;
    if (l == 0) break;
  }
  return 0;
}

int strcoll(const char *left, const char *right) { return strcmp(left, right); }

size_t strxfrm(char *restrict to, const char *restrict from, size_t size) {
  return strlcpy(to, from, size);
}

char *strchrnul(const char *text, int c) {
  while (*text && *text != (char)c) text++;
  return (char *)text;
}

char *strchr(const char *text, int c) {
  char *found = strchrnul(text, c);
  return *found == (char)c ? found : 0;
}

char *strrchr(const char *text, int c) { return memrchr(text, c, strlen(text) + 1); }

char *strstr(const char *text, const char *what) {
  return memmem(text, strlen(text), what, strlen(what));
}

char *strcasestr(const char *text, const char *what) {
  size_t size = strlen(what);
  for (;; text++) {
    if (strncasecmp(text, what, size) == 0) return (char *)text;
    if (*text == 0) return 0;
  }
}

size_t strspn(const char *text, const char *accept) {
  const char *end = text;
  while (*end && strchr(accept, *end)) end++;
  return (size_t)(end - text);
}

size_t strcspn(const char *text, const char *reject) {
  const char *end = text;
  while (*end && !strchr(reject, *end)) end++;
  return (size_t)(end - text);
}

char *strpbrk(const char *text, const char *accept) {
  text += strcspn(text, accept);
  return *text ? (char *)text : 0;
}

char *strtok_r(char *restrict text, const char *restrict separators, char **restrict rest) {
  if (!text) text = *rest;
  if (!text) return 0;
  text += strspn(text, separators);
  if (*text == 0) {
    *rest = text;
    return 0;
  }
  char *end = text + strcspn(text, separators);
  if (*end) *end++ = 0;
  *rest = end;
  return text;
}

char *strtok(char *restrict text, const char *restrict separators) {
  static char *rest;
  return strtok_r(text, separators, &rest);
}

char *strsep(char **restrict text, const char *restrict separators) {
  char *token = *text;
  if (!token) return 0;
  char *end = token + strcspn(token, separators);
  *text = *end ? end + 1 : 0;
  *end = 0;
  return token;
}

char *strndup(const char *text, size_t limit) {
  size_t size = strnlen(text, limit);
  char *copy = malloc(size + 1);
  if (!copy) return 0;
  memcpy(copy, text, size);
  copy[size] = 0;
  return copy;
}

char *strdup(const char *text) { return strndup(text, SIZE_MAX); }

char *basename(const char *path) {
  const char *slash = strrchr(path, '/');
  return (char *)(slash ? slash + 1 : path);
}
