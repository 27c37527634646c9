// Long names, names that look like keywords, universal character names.
#include <stdio.h>

static int a_name_that_goes_on_and_on_for_rather_longer_than_anybody_would_want_to_type_it_1 = 1;
static int a_name_that_goes_on_and_on_for_rather_longer_than_anybody_would_want_to_type_it_2 = 2;
static int int_ = 3, If = 4, _ = 5, __x = 6, x86 = 7, class = 8, new = 9;
static int gr\u00f6\u00dfe = 10, größe2 = 11;

int main(void) {
  int main_ = 12, printf_ = 13;
  printf("%d %d\n", a_name_that_goes_on_and_on_for_rather_longer_than_anybody_would_want_to_type_it_1,
         a_name_that_goes_on_and_on_for_rather_longer_than_anybody_would_want_to_type_it_2);
  printf("%d %d %d %d %d %d %d\n", int_, If, _, __x, x86, class, new);
  printf("%d %d %d %d\n", größe, größe2, main_, printf_);
  return 0;
}
