// A priority queue, used for sorting and for the shortest path.
#include <stdio.h>

struct item { int key, value; };
static struct item heap[100];
static int size;
static void push(struct item item) {
  int i = size++;
  for (; i > 0 && heap[(i - 1) / 2].key > item.key; i = (i - 1) / 2) heap[i] = heap[(i - 1) / 2];
  heap[i] = item;
}
static struct item pop(void) {
  struct item top = heap[0], last = heap[--size];
  int i = 0;
  for (int child; (child = 2 * i + 1) < size; i = child) {
    if (child + 1 < size && heap[child + 1].key < heap[child].key) child++;
    if (heap[child].key >= last.key) break;
    heap[i] = heap[child];
  }
  heap[i] = last;
  return top;
}

int main(void) {
  for (int i = 0; i < 40; i++) push((struct item){i * 37 % 41, i});
  int previous = -1, ordered = 1;
  while (size) {
    struct item t = pop();
    ordered &= previous <= t.key;
    previous = t.key;
    if (size % 8 == 0) printf("%d:%d ", t.key, t.value);
  }
  printf("%d\n", ordered);
  enum { N = 8 };
  int distance[N];
  for (int i = 0; i < N; i++) distance[i] = 1000;
  push((struct item){distance[0] = 0, 0});
  while (size) {
    struct item t = pop();
    if (t.key > distance[t.value]) continue;
    for (int j = 0; j < N; j++) {
      int cost = (t.value * 5 + j * 3) % 7 + 1;
      if (cost < 4 && t.key + cost < distance[j]) push((struct item){distance[j] = t.key + cost, j});
    }
  }
  for (int i = 0; i < N; i++) printf("%d ", distance[i]);
  printf("\n");
  return 0;
}
