/* memcpy, memmove, memset: by words of 8 bytes, because on this machine an instruction costs the same whatever its
   width. gcc emits calls to these three and to memcmp. Where the two ends cannot both be aligned, copying goes by
   bytes: RV64 may trap on misaligned words. */
#include <stdint.h>
#include <string.h>

typedef uint64_t word;
#define WORD sizeof(word)
#define OFFSET(p) ((uintptr_t)(p) % WORD)

void *memcpy(void *restrict to, const void *restrict from, size_t size) {
  unsigned char *d = to;
  const unsigned char *s = from;
  if (OFFSET(d) == OFFSET(s)) {
    while (size > 0 && OFFSET(d) != 0) {
      *d++ = *s++;
      size--;
    }
    word *dw = (word *)d;
    const word *sw = (const word *)s;
    for (; size >= 8 * WORD; size -= 8 * WORD, dw += 8, sw += 8) {
      word a = sw[0], b = sw[1], c = sw[2], e = sw[3];
      word f = sw[4], g = sw[5], h = sw[6], i = sw[7];
      dw[0] = a, dw[1] = b, dw[2] = c, dw[3] = e;
      dw[4] = f, dw[5] = g, dw[6] = h, dw[7] = i;
    }
    for (; size >= WORD; size -= WORD) *dw++ = *sw++;
    d = (unsigned char *)dw;
    s = (const unsigned char *)sw;
  }
  for (; size >= 4; size -= 4, d += 4, s += 4) {
    unsigned char a = s[0], b = s[1], c = s[2], e = s[3];
    d[0] = a, d[1] = b, d[2] = c, d[3] = e;
  }
  while (size-- > 0) *d++ = *s++;
  return to;
}

void *mempcpy(void *restrict to, const void *restrict from, size_t size) {
  return (char *)memcpy(to, from, size) + size;
}

void *memmove(void *to, const void *from, size_t size) {
  unsigned char *d = to;
  const unsigned char *s = from;
  if (d - s >= (ptrdiff_t)size || s - d >= (ptrdiff_t)size) return memcpy(to, from, size);
  if (d == s) return to;
  int together = OFFSET(d) == OFFSET(s);
  if (d < s) {
    if (together) {
      for (; size > 0 && OFFSET(d) != 0; size--) *d++ = *s++;
      for (; size >= WORD; size -= WORD, d += WORD, s += WORD) *(word *)d = *(const word *)s;
    }
    for (; size > 0; size--) *d++ = *s++;
  } else {
    d += size;
    s += size;
    if (together) {
      for (; size > 0 && OFFSET(d) != 0; size--) *--d = *--s;
      for (; size >= WORD; size -= WORD) {
        d -= WORD;
        s -= WORD;
        *(word *)d = *(const word *)s;
      }
    }
    for (; size > 0; size--) *--d = *--s;
  }
  return to;
}

void *memset(void *to, int byte, size_t size) {
  unsigned char *d = to;
  unsigned char c = (unsigned char)byte;
  for (; size > 0 && OFFSET(d) != 0; size--) *d++ = c;
  if (size >= WORD) {
    word pattern = c * 0x0101010101010101UL;
    word *dw = (word *)d;
    for (; size >= 8 * WORD; size -= 8 * WORD, dw += 8) {
      dw[0] = pattern, dw[1] = pattern, dw[2] = pattern, dw[3] = pattern;
      dw[4] = pattern, dw[5] = pattern, dw[6] = pattern, dw[7] = pattern;
    }
    for (; size >= WORD; size -= WORD) *dw++ = pattern;
    d = (unsigned char *)dw;
  }
  for (; size > 0; size--) *d++ = c;
  return to;
}
