/*
 * Numbers from text, sorting, exit handlers, the environment, and an allocator under a thousand random
 * requests. strtol(3), qsort(3), atexit(3), getenv(3), malloc(3).
 */
#include "expect.h"

static void number_from(const char *text, int base) {
  char *end;
  errno = 0;
  long value = strtol(text, &end, base);
  say("'%s' in %d: %ld, left '%s'%s\n", text, base, value, end, errno == ERANGE ? ", ERANGE" : "");
}

static int ascending(const void *a, const void *b) { return *(const int *)a - *(const int *)b; }
static void first(void) { say("registered first, runs last\n"); }
static void second(void) { say("registered last, runs first\n"); }

int main(void) {
  number_from("42", 10);
  number_from("  -17abc", 10);
  number_from("+0x1F", 16);
  number_from("0x1f", 0);
  number_from("0755", 0);
  number_from("zz", 36);
  number_from("none", 10);
  number_from("9223372036854775808", 10);
  number_from("-9223372036854775809", 10);
  say("%d %ld %lu\n", atoi("-12x"), atol("99"), strtoul("18446744073709551615", NULL, 10));
  int values[50];
  unsigned seed = 1;
  for (int i = 0; i < 50; i++) values[i] = (int)((seed = seed * 1103515245u + 12345u) >> 20);
  qsort(values, 50, sizeof *values, ascending);
  int sorted = 1;
  for (int i = 1; i < 50; i++) sorted &= values[i - 1] <= values[i];
  truth("sorted", sorted);

  static unsigned char *blocks[64];
  static size_t sizes[64];
  int spoiled = 0, odd = 0;
  for (int step = 0; step < 1000; step++) {
    int slot = (int)((seed = seed * 1103515245u + 12345u) >> 16) % 64;
    for (size_t i = 0; i < sizes[slot]; i++) spoiled += blocks[slot][i] != (unsigned char)slot;
    size_t size = (seed >> 8) % 3000;
    if (step % 3 == 0) {
      size_t kept = size < sizes[slot] ? size : sizes[slot];
      blocks[slot] = realloc(blocks[slot], size + 1);
      for (size_t i = 0; i < kept; i++) spoiled += blocks[slot][i] != (unsigned char)slot;
    } else {
      free(blocks[slot]);
      blocks[slot] = step % 2 ? malloc(size + 1) : calloc(1, size + 1);
    }
    odd += (unsigned long)blocks[slot] % 16 != 0;
    sizes[slot] = size;
    memset(blocks[slot], slot, size);
  }
  say("spoiled %d, not aligned %d\n", spoiled, odd);
  char *large = malloc(3 << 20);
  large[0] = large[(3 << 20) - 1] = 1;
  free(large);
  setenv("CONFORMANCE", "set", 1);
  const char *value = getenv("CONFORMANCE");
  say("%s\n", value ? value : "not set");
  say("%d %ld\n", abs(-3), labs(-4L));
  atexit(first);
  atexit(second);
  exit(3);
}
