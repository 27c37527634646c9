// Structures whose members have different types, by value in and out.
#include <stdio.h>

struct il { int a; long b; };
struct cl { char a; long b; };
struct ci { char a; int b; };
struct ics { int a; char b; short c; };
struct pi { char *a; int b; };
struct lc { long a; char b; };
struct scs { short a; char b[3]; short c; };
struct nest { struct ci a; struct ci b; };
struct lic { long a; int b; char c; };
struct three { long a; int b; long c; };
struct array { int a[2][2]; };
union ul { int i; long l; char c[8]; };
union big { long l[2]; char c[16]; };
struct with_union { char tag; union ul u; };

__attribute__((noinline)) static struct il f1(struct il s) { s.a++; s.b--; return s; }
__attribute__((noinline)) static struct cl f2(struct cl s) { s.a++; s.b--; return s; }
__attribute__((noinline)) static struct ci f3(struct ci s) { s.a++; s.b--; return s; }
__attribute__((noinline)) static struct ics f4(struct ics s) { s.a++; s.b--; s.c *= 2; return s; }
__attribute__((noinline)) static struct pi f5(struct pi s) { s.a++; s.b--; return s; }
__attribute__((noinline)) static struct lc f6(struct lc s) { s.a++; s.b--; return s; }
__attribute__((noinline)) static struct scs f7(struct scs s) { s.a++; s.b[2]--; s.c = -s.c; return s; }
__attribute__((noinline)) static struct nest f8(struct nest s) { struct ci t = s.a; s.a = s.b; s.b = t; return s; }
__attribute__((noinline)) static struct lic f9(struct lic s) { s.a++; s.b--; s.c++; return s; }
__attribute__((noinline)) static struct three f10(struct three s) { s.a++; s.b--; s.c *= 3; return s; }
__attribute__((noinline)) static struct array f11(struct array s) { s.a[1][0] += s.a[0][1]; return s; }
__attribute__((noinline)) static union ul f12(union ul s) { s.l <<= 4; return s; }
__attribute__((noinline)) static union big f13(union big s) { s.c[9]++; return s; }
__attribute__((noinline)) static struct with_union f14(struct with_union s) { s.tag++; s.u.i = 7; return s; }

int main(void) {
  struct il a = f1((struct il){-1, 0x123456789a});
  printf("%d %lx\n", a.a, a.b);
  struct cl b = f2((struct cl){'a', 0});
  printf("%c %ld\n", b.a, b.b);
  struct ci c = f3((struct ci){255, -5});
  printf("%d %d\n", c.a, c.b);
  struct ics d = f4((struct ics){-100, 0, -300});
  printf("%d %d %d\n", d.a, d.b, d.c);
  struct pi e = f5((struct pi){"text", 1});
  printf("%s %d\n", e.a, e.b);
  struct lc f = f6((struct lc){-1, 'z'});
  printf("%ld %c\n", f.a, f.b);
  struct scs g = f7((struct scs){1, {2, 3, 4}, 5});
  printf("%d %d %d %d %d\n", g.a, g.b[0], g.b[1], g.b[2], g.c);
  struct nest h = f8((struct nest){{'p', -7}, {'q', 8}});
  printf("%c %d %c %d\n", h.a.a, h.a.b, h.b.a, h.b.b);
  struct lic i = f9((struct lic){10, 20, 30});
  printf("%ld %d %d\n", i.a, i.b, i.c);
  struct three j = f10((struct three){10, 20, 30});
  printf("%ld %d %ld\n", j.a, j.b, j.c);
  struct array k = f11((struct array){{{1, 2}, {3, 4}}});
  printf("%d %d %d %d\n", k.a[0][0], k.a[0][1], k.a[1][0], k.a[1][1]);
  printf("%lx\n", f12((union ul){.l = 0x123456789abcdef}).l);
  union big l = f13((union big){{1, 2}});
  printf("%lx %lx\n", l.l[0], l.l[1]);
  struct with_union m = f14((struct with_union){'t', {.l = 0x500000001}});
  printf("%c %lx\n", m.tag, m.u.l);
  return 0;
}
