// Comments, continuations, digraphs, and tokens that stick together.
#include <stdio.h>

#define minus -
#define plus +

int main(void) {
  int a = 5, b = 2;
  printf("%d\n", a /* comment */ + /* another
     over two lines */ b); // to the end \
     and on
  printf("%d %d\n", a - -b, a minus-b);
  printf("%d\n", a+++b);
  printf("%d %d\n", a, a/ *&b);
  pri\
ntf("%s\n", "con\
tinued");
  int x<:2:> = <%1, 2%>;
  printf("%d %d\n", x<:1:>, a plus plus b);
  printf("%s\n", "/* not a comment */ // neither");
  printf("%d\n", '/' /**/ + /*"*/ 1 /*'*/);
  a<<=1,b>>=1;
  printf("%d %d %d\n", a, b, a>=b&&!0);
  ;;
  {}
  return 0;
}
