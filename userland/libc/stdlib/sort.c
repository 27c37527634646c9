/* qsort and bsearch (C11 7.22.5). qsort is a merge sort, stable as glibc's is; without memory for the second half
   it sorts by insertion. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

typedef int (*comparison)(const void *, const void *);
typedef int (*comparison_with)(const void *, const void *, void *);

static void move_element(char *to, const char *from, size_t size) {
  if (size == 8 && (((uintptr_t)to | (uintptr_t)from) & 7) == 0)
    *(uint64_t *)to = *(const uint64_t *)from;
  else if (size == 4 && (((uintptr_t)to | (uintptr_t)from) & 3) == 0)
    *(uint32_t *)to = *(const uint32_t *)from;
  else
    memcpy(to, from, size);
}

static void insertion_sort(char *base, size_t count, size_t size, comparison_with compare, void *with) {
  for (size_t i = 1; i < count; i++)
    for (size_t j = i; j > 0; j--) {
      char *right = base + j * size, *left = right - size;
      if (compare(left, right, with) <= 0) break;
      for (size_t k = 0; k < size; k++) {
        char byte = left[k];
        left[k] = right[k];
        right[k] = byte;
      }
    }
}

/* Sorts base[0..count); `spare` has room for half of it. */
static void merge_sort(char *base, size_t count, size_t size, comparison_with compare, void *with, char *spare) {
  if (count < 2) return;
  size_t half = count / 2;
  char *middle = base + half * size, *end = base + count * size;
  merge_sort(base, half, size, compare, with, spare);
  merge_sort(middle, count - half, size, compare, with, spare);
  memcpy(spare, base, half * size);
  char *left = spare, *left_end = spare + half * size, *right = middle, *to = base;
  for (; left < left_end && right < end; to += size) {
    if (compare(left, right, with) <= 0) {
      move_element(to, left, size);
      left += size;
    } else {
      move_element(to, right, size);
      right += size;
    }
  }
  memcpy(to, left, (size_t)(left_end - left));
}

void qsort_r(void *base, size_t count, size_t size, comparison_with compare, void *with) {
  if (count < 2 || size == 0) return;
  size_t need = count / 2 * size;
  char small[256];
  char *spare = need <= sizeof small ? small : malloc(need);
  if (!spare) {
    insertion_sort(base, count, size, compare, with);
    return;
  }
  merge_sort(base, count, size, compare, with, spare);
  if (spare != small) free(spare);
}

static int without(const void *left, const void *right, void *compare) { return (*(comparison *)compare)(left, right); }

void qsort(void *base, size_t count, size_t size, comparison compare) { qsort_r(base, count, size, without, &compare); }

void *bsearch(const void *key, const void *base, size_t count, size_t size, comparison compare) {
  const char *low = base;
  while (count > 0) {
    const char *middle = low + count / 2 * size;
    int order = compare(key, middle);
    if (order == 0) return (void *)middle;
    if (order > 0) {
      low = middle + size;
      count -= count / 2 + 1;
    } else {
      count /= 2;
    }
  }
  return 0;
}
