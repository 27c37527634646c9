// UTF-8 to code points and back, with errors.
#include <stdio.h>
#include <string.h>

static int decode(const unsigned char **p) {
  int c = *(*p)++, more = c < 0x80 ? 0 : c >> 5 == 6 ? 1 : c >> 4 == 14 ? 2 : c >> 3 == 30 ? 3 : -1;
  if (more < 0) return -1;
  if (more) c &= 0x3f >> more;
  while (more--) {
    if ((**p & 0xc0) != 0x80) return -1;
    c = c << 6 | (*(*p)++ & 0x3f);
  }
  return c;
}
static int encode(int c, char *to) {
  if (c < 0x80) return *to = c, 1;
  int n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  for (int i = n - 1; i > 0; i--, c >>= 6) to[i] = 0x80 | (c & 0x3f);
  to[0] = 0xf0 << (4 - n) | c;
  return n;
}

int main(void) {
  const unsigned char *p = (const unsigned char *)"aß€😀\xc3(\x80z";
  while (*p) {
    int c = decode(&p);
    char text[5] = {0};
    printf("%x", c);
    if (c >= 0) {
      encode(c, text);
      printf("=%s(%zu)", text, strlen(text));
    }
    printf(" ");
  }
  printf("\n");
  return 0;
}
