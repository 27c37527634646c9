// Structures are values.
#include <stdio.h>

struct small { char c; };
struct pair { int a, b; };
struct odd { char bytes[13]; };
struct big { long words[40]; };

int main(void) {
  struct small s1 = {'x'}, s2;
  s2 = s1;
  s1.c = 'y';
  printf("%c %c\n", s1.c, s2.c);
  struct pair p1 = {1, 2}, p2 = {3, 4}, swap;
  swap = p1;
  p1 = p2;
  p2 = swap;
  printf("%d %d %d %d\n", p1.a, p1.b, p2.a, p2.b);
  struct odd o1 = {"hello, world"}, o2 = {""};
  o2 = o1;
  o1.bytes[0] = 'j';
  printf("%s %s\n", o1.bytes, o2.bytes);
  struct big b1, b2, b3;
  for (int i = 0; i < 40; i++) b1.words[i] = i * i;
  b3 = b2 = b1;
  b1.words[39] = 0;
  printf("%ld %ld %ld\n", b1.words[39], b2.words[39], b3.words[38]);
  struct pair array[3] = {{1, 1}, {2, 2}, {3, 3}};
  array[0] = array[2];
  array[2] = (struct pair){9, 8};
  printf("%d %d %d\n", array[0].a, array[1].b, array[2].b);
  struct pair *p = array;
  *p++ = array[1];
  printf("%d %d\n", array[0].a, p->a);
  p2 = p2;
  printf("%d\n", p2.b);
  return 0;
}
