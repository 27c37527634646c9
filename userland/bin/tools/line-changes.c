/* See line-changes.h. The linear-space variant: the middle of a shortest path is found from both ends at once, then the
   parts before and after it in the same way. */
#include "line-changes.h"
#include <stdlib.h>

struct search {
  const int *a, *b;
  unsigned char *changed[2];
  long *forward, *backward; /* by diagonal x - y: the furthest x reached from either end */
};

/* Finds a point on a shortest path from (x0, y0) to (x1, y1), neither of which it is, unless nothing is between them. */
static void middle(const struct search *s, long x0, long y0, long x1, long y1, long *x_to, long *y_to) {
  long first = x0 - y0, last = x1 - y1, odd = (first - last) & 1;
  long *forward = s->forward, *backward = s->backward;
  long low = first, high = first, back_low = last, back_high = last, least = x0 - y1, most = x1 - y0;
  forward[first] = x0;
  backward[last] = x1;
  for (;;) {
    /* One more edit from the beginning: diagonals from low to high in steps of two. */
    if (low > least) forward[--low - 1] = -1;
    else low++;
    if (high < most) forward[++high + 1] = -1;
    else high--;
    for (long d = high; d >= low; d -= 2) {
      long x = forward[d - 1] >= forward[d + 1] ? forward[d - 1] + 1 : forward[d + 1], y = x - d;
      while (x < x1 && y < y1 && s->a[x] == s->b[y]) x++, y++;
      forward[d] = x;
      if (odd && d >= back_low && d <= back_high && backward[d] <= x) {
        *x_to = x;
        *y_to = y;
        return;
      }
    }
    /* And from the end. */
    if (back_low > least) backward[--back_low - 1] = x1 + 1;
    else back_low++;
    if (back_high < most) backward[++back_high + 1] = x1 + 1;
    else back_high--;
    for (long d = back_high; d >= back_low; d -= 2) {
      long x = backward[d - 1] < backward[d + 1] ? backward[d - 1] : backward[d + 1] - 1, y = x - d;
      while (x > x0 && y > y0 && s->a[x - 1] == s->b[y - 1]) x--, y--;
      backward[d] = x;
      if (!odd && d >= low && d <= high && x <= forward[d]) {
        *x_to = x;
        *y_to = y;
        return;
      }
    }
  }
}

static void compare(const struct search *s, long x0, long y0, long x1, long y1) {
  for (;;) {
    while (x0 < x1 && y0 < y1 && s->a[x0] == s->b[y0]) x0++, y0++;
    while (x0 < x1 && y0 < y1 && s->a[x1 - 1] == s->b[y1 - 1]) x1--, y1--;
    if (x0 == x1) {
      while (y0 < y1) s->changed[1][y0++] = 1;
      return;
    }
    if (y0 == y1) {
      while (x0 < x1) s->changed[0][x0++] = 1;
      return;
    }
    long x, y;
    middle(s, x0, y0, x1, y1, &x, &y);
    compare(s, x0, y0, x, y);
    x0 = x;
    y0 = y;
  }
}

/* Where a run of changed lines could as well lie further down (its first line equals the one after it), it goes there, and
   swallows runs that it meets; but where that would part it from changes of the other side, it stays with those. */
static void move_down(const int *lines, unsigned char *changed, const unsigned char *other, long count) {
  long i = 0, j = 0; /* the same place in both texts */
  for (;;) {
    while (i < count && !changed[i]) {
      while (other[j++]) continue;
      i++;
    }
    if (i == count) return;
    long start = i, end, size, with_other;
    while (changed[++i]) continue;
    while (other[j]) j++;
    do {
      size = i - start;
      while (start > 0 && lines[start - 1] == lines[i - 1]) {
        changed[--start] = 1;
        changed[--i] = 0;
        while (changed[start - 1]) start--;
        while (other[--j]) continue;
      }
      with_other = other[j - 1] ? i : count;
      while (i < count && lines[start] == lines[i]) {
        changed[start++] = 0;
        changed[i++] = 1;
        while (changed[i]) i++;
        while (other[++j]) with_other = i;
      }
    } while (size != i - start);
    for (end = i; with_other < end; end--) {
      changed[--start] = 1;
      changed[--i] = 0;
      while (other[--j]) continue;
    }
  }
}

int line_changes(const int *lines[2], const long count[2], unsigned char *changed[2]) {
  long diagonals = count[0] + count[1] + 5;
  long *room = malloc((size_t)diagonals * 2 * sizeof *room);
  if (!room) return 0;
  struct search s = {lines[0], lines[1], {changed[0], changed[1]}, room + count[1] + 2, room + diagonals + count[1] + 2};
  compare(&s, 0, 0, count[0], count[1]);
  free(room);
  move_down(lines[0], changed[0], changed[1], count[0]);
  move_down(lines[1], changed[1], changed[0], count[1]);
  return 1;
}
