// Quicksort of pseudo-random numbers, and binary search in the result.
#include <stdio.h>

static unsigned seed = 42;
static unsigned next(void) { return seed = seed * 1664525 + 1013904223; }
static void sort(int *a, int low, int high) {
  while (low < high) {
    int pivot = a[low + (high - low) / 2], i = low, j = high;
    while (i <= j) {
      while (a[i] < pivot) i++;
      while (a[j] > pivot) j--;
      if (i <= j) {
        int t = a[i];
        a[i++] = a[j];
        a[j--] = t;
      }
    }
    if (j - low < high - i) {
      sort(a, low, j);
      low = i;
    } else {
      sort(a, i, high);
      high = j;
    }
  }
}
static int find(const int *a, int n, int wanted) {
  int low = 0, high = n;
  while (low < high) {
    int middle = (low + high) / 2;
    if (a[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low < n && a[low] == wanted ? low : -1;
}

int main(void) {
  static int a[1000];
  for (int i = 0; i < 1000; i++) a[i] = (int)(next() >> 8) % 100000;
  int wanted = a[77];
  sort(a, 0, 999);
  int sorted = 1;
  for (int i = 1; i < 1000; i++) sorted &= a[i - 1] <= a[i];
  printf("%d %d %d %d %d\n", sorted, a[0], a[500], a[999], a[find(a, 1000, wanted)] == wanted);
  printf("%d\n", find(a, 1000, -5));
  return 0;
}
