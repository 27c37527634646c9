// CRC-32 by table and by bits; Adler-32; FNV.
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static uint32_t table[256];
static uint32_t crc(const void *data, size_t n) {
  const uint8_t *p = data;
  uint32_t c = ~0u;
  while (n--) c = table[(c ^ *p++) & 0xff] ^ c >> 8;
  return ~c;
}
static uint32_t slow(const void *data, size_t n) {
  const uint8_t *p = data;
  uint32_t c = 0xffffffff;
  for (; n; n--) {
    c ^= *p++;
    for (int k = 0; k < 8; k++) c = c >> 1 ^ (0xedb88320 & -(c & 1));
  }
  return c ^ 0xffffffff;
}
static uint32_t adler(const char *s) {
  uint32_t a = 1, b = 0;
  for (; *s; s++) {
    a = (a + (uint8_t)*s) % 65521;
    b = (b + a) % 65521;
  }
  return b << 16 | a;
}
static uint64_t fnv(const char *s) {
  uint64_t h = 0xcbf29ce484222325;
  while (*s) h = (h ^ (uint8_t)*s++) * 0x100000001b3;
  return h;
}

int main(void) {
  for (uint32_t i = 0; i < 256; i++) {
    uint32_t c = i;
    for (int k = 0; k < 8; k++) c = c & 1 ? c >> 1 ^ 0xedb88320 : c >> 1;
    table[i] = c;
  }
  const char *text = "The quick brown fox jumps over the lazy dog";
  printf("%08x %08x %08x %016lx\n", crc(text, strlen(text)), slow(text, strlen(text)), adler(text), fnv(text));
  printf("%08x %08x\n", crc("", 0), crc("123456789", 9));
  return 0;
}
