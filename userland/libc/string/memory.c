/* Comparing and searching blocks of memory (C11 7.24.4, 7.24.5; memrchr and memmem are GNU's). */
#include <stdint.h>
#include <string.h>
#include <strings.h>

int memcmp(const void *left, const void *right, size_t size) {
  const unsigned char *l = left, *r = right;
  if ((((uintptr_t)l | (uintptr_t)r) & 7) == 0)
    for (; size >= 8 && *(const uint64_t *)l == *(const uint64_t *)r; size -= 8, l += 8, r += 8) {
    }
  for (; size > 0; size--, l++, r++)
    if (*l != *r) return *l - *r;
  return 0;
}

void *memchr(const void *in, int byte, size_t size) {
  const unsigned char *p = in;
  for (; size > 0; size--, p++)
    if (*p == (unsigned char)byte) return (void *)p;
  return 0;
}

void *memrchr(const void *in, int byte, size_t size) {
  const unsigned char *p = in;
  while (size-- > 0)
    if (p[size] == (unsigned char)byte) return (void *)(p + size);
  return 0;
}

void *memmem(const void *in, size_t size, const void *what, size_t what_size) {
  const char *p = in;
  if (what_size == 0) return (void *)in;
  for (; size >= what_size; size--, p++)
    if (*p == *(const char *)what && memcmp(p, what, what_size) == 0) return (void *)p;
  return 0;
}

void bzero(void *to, size_t size) { memset(to, 0, size); }
void bcopy(const void *from, void *to, size_t size) { memmove(to, from, size); }

int ffs(int value) {
  for (int bit = 0; bit < 32; bit++)
    if ((unsigned)value >> bit & 1) return bit + 1;
  return 0;
}
