// Base 64, there and back.
#include <stdio.h>
#include <string.h>

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static void encode(const unsigned char *from, int n, char *to) {
  for (; n > 0; n -= 3, from += 3) {
    unsigned v = from[0] << 16 | (n > 1 ? from[1] << 8 : 0) | (n > 2 ? from[2] : 0);
    *to++ = digits[v >> 18];
    *to++ = digits[v >> 12 & 63];
    *to++ = n > 1 ? digits[v >> 6 & 63] : '=';
    *to++ = n > 2 ? digits[v & 63] : '=';
  }
  *to = 0;
}
static int decode(const char *from, unsigned char *to) {
  signed char value[256];
  memset(value, -1, sizeof value);
  for (int i = 0; i < 64; i++) value[(unsigned char)digits[i]] = i;
  int n = 0;
  unsigned bits = 0;
  int have = 0;
  for (; *from && *from != '='; from++) {
    bits = bits << 6 | value[(unsigned char)*from];
    have += 6;
    if (have >= 8) to[n++] = bits >> (have -= 8);
  }
  return n;
}

int main(void) {
  static const char *const texts[] = {"", "f", "fo", "foo", "foob", "fooba", "foobar", "\xff\xfe\x80"};
  for (int i = 0; i < 8; i++) {
    char coded[64];
    unsigned char back[64];
    encode((const unsigned char *)texts[i], strlen(texts[i]), coded);
    int n = decode(coded, back);
    printf("%s %d\n", coded, n == (int)strlen(texts[i]) && !memcmp(back, texts[i], n));
  }
  return 0;
}
