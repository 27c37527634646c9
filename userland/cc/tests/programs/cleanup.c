// __attribute__((cleanup)): called when the scope is left, whatever the way, the last variable first.
#include <stdio.h>
#include <stdlib.h>

static void done(int *p) { printf("<%d>", *p); }
static void done_text(char **p) { printf("<%s>", *p ? *p : "null"); free(*p); }
struct big { long a[5]; };
static void done_big(struct big *p) { printf("<big %ld>", p->a[4]); }
#define CLEAN(f) __attribute__((cleanup(f)))
#define AUTO CLEAN(done) int

static int plain(void) { AUTO a = 1; AUTO b = 2; a += 10; return a + b; }
static int early(int n) {
  AUTO a = n;
  if (n == 0) return 100;
  AUTO b = n * 2;
  if (n == 1) return b;
  { AUTO c = n * 3; if (n == 2) return c; }
  return -1;
}
static void loops(void) {
  for (AUTO i = 0; i < 4; i++) {
    AUTO x = i * 10;
    if (i == 1) continue;
    if (i == 3) break;
    printf("body %d ", x);
  }
  puts("");
  int n = 0;
  while (1) {
    AUTO x = n;
    if (n++ == 2) break;
  }
  do { AUTO x = 77; if (n) continue; } while (0);
  puts("");
}
static void switches(int n) {
  AUTO outer = n + 1000;
  switch (n) {
    case 0: { AUTO a = 5; break; }
    case 1: { AUTO a = 6; (void)a; }
    default: { AUTO b = 7; (void)b; }
  }
  puts("");
}
static void gotos(int n) {
  int turn = 0;
again:;
  AUTO a = 100 + turn;
  {
    AUTO b = 200 + turn;
    if (turn++ < n) goto again;
    {
      AUTO c = 300;
      if (n == 5) goto end;
      goto inside;
    }
  inside:
    printf("inside ");
  }
  printf("behind ");
end:
  puts("end");
}
static int values(void) {
  int v = ({ AUTO t = 5; t * 3; });
  printf("[%d]", v);
  struct big s = ({ CLEAN(done_big) struct big b = {{1, 2, 3, 4, 5}}; b.a[4] = 50; b; });
  printf("[%ld]", s.a[4]);
  ({ AUTO t = 6; });
  ({ AUTO t = 8; (void)t; });
  return v;
}
static struct big whole(void) { CLEAN(done_big) struct big b = {{9, 8, 7, 6, 5}}; return b; }
static void nothing(void) { AUTO a = 3; return; }
static void through(void) { AUTO a = 4; return nothing(); }
static char *copy(const char *s) { char *t = malloc(20); sprintf(t, "%s!", s); return t; }
static int text(void) {
  CLEAN(done_text) char *a = copy("one"), *none = 0;
  CLEAN(done_text) char *b = copy("two");
  return a[0] == 'o';
}
#define find(array, n, what) ({ __label__ found; int i_ = 0; for (; i_ < n; i_++) if (array[i_] == what) goto found; i_ = -1; found: i_; })
int main(void) {
  int a[] = {3, 1, 4, 1, 5};
  printf(" = %d\n", plain());
  for (int i = 0; i < 4; i++) printf(" = %d\n", early(i));
  loops();
  for (int i = 0; i < 3; i++) switches(i);
  gotos(0), gotos(2), gotos(5);
  printf(" = %d\n", values());
  printf(" = %ld\n", whole().a[0]);
  through();
  printf("\n = %d\n", text());
  printf("%d %d %d\n", find(a, 5, 4), find(a, 5, 9), find(a, 5, 1));
  return 0;
}
