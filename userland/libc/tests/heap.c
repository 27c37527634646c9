// malloc and its kin under a random load; every block holds a pattern of its own, checked when it goes.
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SLOTS 400
static unsigned char *blocks[SLOTS];
static size_t sizes[SLOTS];

static int check(int slot) {
  for (size_t i = 0; i < sizes[slot]; i++)
    if (blocks[slot][i] != (unsigned char)(slot * 13 + 7)) return printf("slot %d broken at %zu\n", slot, i);
  return 0;
}

int main(void) {
  srand(1);
  for (int turn = 0; turn < 60000; turn++) {
    int slot = rand() % SLOTS, what = rand() % 8;
    size_t size = (size_t)rand() % (turn % 100 == 0 ? 400000 : turn % 7 == 0 ? 5000 : 200);
    if (blocks[slot] && check(slot)) return 1;
    if (what < 3) {
      free(blocks[slot]);
      blocks[slot] = 0;
      sizes[slot] = 0;
      continue;
    }
    size_t kept = sizes[slot] < size ? sizes[slot] : size;
    if (what == 3) {
      size_t alignment = (size_t)16 << rand() % 9;
      free(blocks[slot]);
      blocks[slot] = aligned_alloc(alignment, (size + alignment - 1) & -alignment);
      if ((uintptr_t)blocks[slot] % alignment) return printf("aligned_alloc(%zu)\n", alignment);
    } else if (what == 4) {
      free(blocks[slot]);
      blocks[slot] = calloc(1, size);
      for (size_t i = 0; i < size; i++)
        if (blocks[slot][i]) return printf("calloc gave %d\n", blocks[slot][i]);
    } else {
      blocks[slot] = realloc(blocks[slot], size ? size : 1);
      for (size_t i = 0; i < kept; i++)
        if (blocks[slot][i] != (unsigned char)(slot * 13 + 7)) return printf("realloc lost byte %zu\n", i);
    }
    if ((uintptr_t)blocks[slot] % 16) return printf("not aligned\n");
    sizes[slot] = size;
    memset(blocks[slot], slot * 13 + 7, size);
  }
  for (int slot = 0; slot < SLOTS; slot++) {
    if (check(slot)) return 1;
    free(blocks[slot]);
  }
  volatile size_t huge = SIZE_MAX / 2;
  errno = 0;
  printf("%d %d\n", malloc(huge) == 0, errno == ENOMEM);
  printf("%d %d\n", calloc(huge, 4) == 0, reallocarray(0, huge, 4) == 0);
  void *aligned;
  printf("%d %d\n", posix_memalign(&aligned, 3, 8) == EINVAL, posix_memalign(&aligned, 64, 8));
  printf("survived\n");
  return 0;
}
