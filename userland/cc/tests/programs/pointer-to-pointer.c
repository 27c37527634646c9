// Pointers to pointers, arrays of pointers, pointers to arrays.
#include <stdio.h>

static void set(int **where, int *what) { *where = what; }
static int sum(int (*rows)[3], int n) {
  int s = 0;
  for (int i = 0; i < n; i++)
    for (int j = 0; j < 3; j++) s += rows[i][j] * (i + 1);
  return s;
}
struct list { int v; struct list *next; };
static void remove_odd(struct list **at) {
  while (*at)
    if ((*at)->v % 2) *at = (*at)->next;
    else at = &(*at)->next;
}

int main(void) {
  int a = 1, b = 2, *p = &a, **pp = &p, ***ppp = &pp;
  ***ppp = 5;
  set(pp, &b);
  **pp += 10;
  printf("%d %d %d\n", a, b, *p);
  int grid[2][3] = {{1, 2, 3}, {4, 5, 6}};
  int (*row)[3] = grid + 1;
  printf("%d %d %d\n", (*row)[2], row[-1][1], sum(grid, 2));
  int *columns[3] = {&grid[0][0], &grid[1][1], &grid[0][2]};
  printf("%d %d\n", *columns[1], columns[0][5]);
  int (*pointers[2])[3] = {&grid[1], &grid[0]};
  printf("%d\n", (*pointers[0])[0]);
  struct list l[5] = {{1, &l[1]}, {2, &l[2]}, {3, &l[3]}, {5, &l[4]}, {6, 0}}, *head = l;
  remove_odd(&head);
  for (struct list *at = head; at; at = at->next) printf("%d ", at->v);
  printf("\n");
  const char *words[] = {"zero", "one", 0}, **word = words;
  while (*word) printf("%s ", *word++);
  printf("%ld\n", word - words);
  return 0;
}
