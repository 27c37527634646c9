// Six ways to sort the same numbers.
#include <stdio.h>
#include <string.h>

enum { N = 60 };
static int source[N];
static void bubble(int *a) {
  for (int swapped = 1, n = N; swapped; n--) {
    swapped = 0;
    for (int i = 1; i < n; i++)
      if (a[i - 1] > a[i]) {
        int t = a[i];
        a[i] = a[i - 1];
        a[i - 1] = t;
        swapped = 1;
      }
  }
}
static void insertion(int *a) {
  for (int i = 1; i < N; i++) {
    int v = a[i], j = i;
    for (; j > 0 && a[j - 1] > v; j--) a[j] = a[j - 1];
    a[j] = v;
  }
}
static void selection(int *a) {
  for (int i = 0; i < N; i++) {
    int least = i;
    for (int j = i + 1; j < N; j++)
      if (a[j] < a[least]) least = j;
    int t = a[i];
    a[i] = a[least];
    a[least] = t;
  }
}
static void shell(int *a) {
  for (int gap = N / 2; gap; gap /= 2)
    for (int i = gap; i < N; i++) {
      int v = a[i], j = i;
      for (; j >= gap && a[j - gap] > v; j -= gap) a[j] = a[j - gap];
      a[j] = v;
    }
}
static void merge_range(int *a, int *scratch, int n) {
  if (n < 2) return;
  int half = n / 2, i = 0, j = half, k = 0;
  merge_range(a, scratch, half);
  merge_range(a + half, scratch, n - half);
  while (i < half || j < n) scratch[k++] = j >= n || (i < half && a[i] <= a[j]) ? a[i++] : a[j++];
  memcpy(a, scratch, n * sizeof *a);
}
static void merge(int *a) {
  int scratch[N];
  merge_range(a, scratch, N);
}
static void radix(int *a) {
  unsigned b[N], *from = (unsigned *)a, *to = b;
  for (int shift = 0; shift < 32; shift += 8) {
    int starts[257] = {0};
    for (int i = 0; i < N; i++) starts[((from[i] ^ 0x80000000) >> shift & 255) + 1]++;
    for (int i = 0; i < 256; i++) starts[i + 1] += starts[i];
    for (int i = 0; i < N; i++) to[starts[(from[i] ^ 0x80000000) >> shift & 255]++] = from[i];
    unsigned *t = from;
    from = to;
    to = t;
  }
}

int main(void) {
  unsigned seed = 7;
  for (int i = 0; i < N; i++) source[i] = (int)((seed = seed * 69069 + 1) >> 16) - 30000;
  static void (*const sorts[])(int *) = {bubble, insertion, selection, shell, merge, radix};
  for (unsigned s = 0; s < sizeof sorts / sizeof *sorts; s++) {
    int a[N];
    memcpy(a, source, sizeof a);
    sorts[s](a);
    unsigned check = 0;
    for (int i = 0; i < N; i++) check = check * 31 + a[i];
    printf("%d %d %u\n", a[0], a[N - 1], check);
  }
  return 0;
}
