// State machines of function pointers.
#include <stdio.h>

struct machine;
typedef void state(struct machine *, char);
struct machine { state *now; int words, numbers, other; };
static state start, word, number;
static void start(struct machine *m, char c) {
  if (c >= 'a' && c <= 'z') m->now = word, m->words++;
  else if (c >= '0' && c <= '9') m->now = number, m->numbers++;
  else if (c != ' ') m->other++;
}
static void word(struct machine *m, char c) {
  if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))) m->now = start, start(m, c);
}
static void number(struct machine *m, char c) {
  if (c < '0' || c > '9') (m->now = start)(m, c);
}

int main(void) {
  struct machine m = {start, 0, 0, 0};
  for (const char *p = "abc 12 a1b2 3c 4 + 5;x"; *p; p++) m.now(&m, *p);
  printf("%d %d %d\n", m.words, m.numbers, m.other);
  return 0;
}
