/* What of <stdlib.h> fits nowhere else: numbers in base 64, blocks with old names, a table of trees' ends. */
#include <errno.h>
#include <malloc.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char digits[] = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

long a64l(const char *text) {
  unsigned value = 0;
  for (int at = 0; at < 6 && text[at]; at++) {
    const char *digit = strchr(digits, text[at]);
    if (!digit) break;
    value |= (unsigned)(digit - digits) << 6 * at;
  }
  return (int)value;
}

char *l64a(long number) {
  static char text[7];
  unsigned value = (unsigned)number;
  int at = 0;
  for (; value; value >>= 6) text[at++] = digits[value & 63];
  text[at] = 0;
  return text;
}

void *memalign(size_t alignment, size_t size) { return aligned_alloc(alignment, size); }
void *valloc(size_t size) { return memalign((size_t)getpagesize(), size); }
